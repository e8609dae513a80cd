using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Serialization;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Creates Orleans clients that are configured like the application's client, except that each knows only one gateway.</summary>
/// <param name="application">The application's services.</param>
/// <param name="transports">The transports of the application's client.</param>
internal sealed class GatewayClientFactory(IServiceProvider application, IEnumerable<ServiceDescriptor> transports)
{
    public GatewayClient Create(Uri gateway)
    {
        IServiceCollection services = new ServiceCollection();
        Share<ClusterOptions>(services);
        Share<ClientMessagingOptions>(services);
        Share<ConnectionOptions>(services);
        Share<ClientConnectionOptions>(services);
        services.AddSingleton<ILoggerFactory>(new SubduedLoggerFactory(application.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IGatewayListProvider>(new SingleGatewayListProvider(gateway));
        services.AddSingleton<IClientConnectionRetryFilter>(new GatewayRetryFilter(application.GetRequiredService<TimeProvider>()));
        services.AddSerializer(serializer => serializer.AddAssembly(typeof(IProposerGrain).Assembly));
        services.AddOrleansClient(static _ => { });
        foreach (var transport in transports)
            services.Add(transport);
        return new GatewayClient(gateway, services.BuildServiceProvider());
    }

    private void Share<TOptions>(IServiceCollection services)
        where TOptions : class => services.AddSingleton(application.GetRequiredService<IOptions<TOptions>>());
}
