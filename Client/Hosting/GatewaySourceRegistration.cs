using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Registers how an Orleans client reaches its gateways: with a separate client for each.</summary>
internal static class GatewaySourceRegistration
{
    public static void AddGatewaySource(this IClientBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(provider => new GatewayClientFactory(provider, Transports(services)));
        services.TryAddSingleton(provider => new GatewayClients(
            provider.GetRequiredService<IGatewayListProvider>(),
            provider.GetRequiredService<GatewayClientFactory>().Create,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GatewayClients>>()));
        services.TryAddSingleton<IGatewaySource>(provider => provider.GetRequiredService<GatewayClients>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GatewayClientsService>());
    }

    /// <summary>
    /// The transports of the application's client, if it does not use plain TCP. The client of a test cluster, for example, connects
    /// through memory.
    /// </summary>
    private static IEnumerable<ServiceDescriptor> Transports(IServiceCollection services) =>
        services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionFactory));
}
