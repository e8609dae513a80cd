using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>How an Orleans client reaches its gateways: through a client of its own for each.</summary>
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

    /// <summary>What the application's client connects with, if that is not plain TCP (a test cluster's is memory).</summary>
    private static IEnumerable<ServiceDescriptor> Transports(IServiceCollection services) =>
        services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionFactory));
}
