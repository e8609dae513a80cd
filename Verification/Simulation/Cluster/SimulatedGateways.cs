using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The gateways that a client uses: all silos, or one silo for a client that runs in it or connects to it over HTTP.</summary>
internal sealed class SimulatedGateways(SimulatedCluster cluster, Machine client) : IGatewaySource
{
    private const double KnowsOneSilo = 0.4;

    public ImmutableArray<IGateway> Current { get; } =
        [.. (cluster.Dice.Chance(KnowsOneSilo) ? [cluster.Dice.Pick(cluster.Silos)] : cluster.Silos)
            .Select(silo => new SimulatedGateway(cluster, client, silo.Name))];

    private sealed class SimulatedGateway(SimulatedCluster cluster, Machine client, string silo) : IGateway
    {
        public string Name => silo;

        public IGrainFactory Grains { get; } = GrainFactoryProxy.Create((grain, key) =>
            grain == typeof(IProposerGrain) ? new ProposerReference(cluster, client, silo)
            : grain == typeof(IPrefixWatchGrain) ? new PrefixWatchReference(cluster, client, silo)
            : new RegisterReference(cluster, client, silo, key));
    }
}
