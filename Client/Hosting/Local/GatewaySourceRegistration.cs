using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Local;

namespace Orleans.Paxos;

/// <summary>How a client reaches the silos of its process: each of them is a gateway.</summary>
internal static class GatewaySourceRegistration
{
    public static void AddGatewaySource(this IClientBuilder builder) =>
        builder.Services.TryAddSingleton<IGatewaySource>(provider => new LocalGateways(provider.GetRequiredService<LocalCluster>()));

    private sealed class LocalGateways(LocalCluster cluster) : IGatewaySource
    {
        public ImmutableArray<IGateway> Current { get; } =
            [.. cluster.SiloNames.Select(name => new LocalGateway(name, cluster.ClientThrough(name)))];
    }

    private sealed record LocalGateway(string Name, IGrainFactory Grains) : IGateway;
}
