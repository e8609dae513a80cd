using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The gateways that a process uses.</summary>
internal sealed class SimulatedGateways(SimulatedCluster cluster, Machine from, IEnumerable<SimulatedSilo> silos) : IGatewaySource
{
    private const double KnowsOneSilo = 0.4;

    public ImmutableArray<IGateway> Current { get; } = [.. silos.Select(silo => new SimulatedGateway(cluster, from, silo.Name))];

    /// <summary>The gateways of a client: all silos, or one silo for a client that runs in it or connects to it over HTTP.</summary>
    public static SimulatedGateways Draw(SimulatedCluster cluster, Machine client) =>
        new(cluster, client, cluster.Dice.Chance(KnowsOneSilo) ? [cluster.Dice.Pick(cluster.Silos)] : cluster.Silos);

    private sealed class SimulatedGateway(SimulatedCluster cluster, Machine from, string silo) : IGateway
    {
        public string Name => silo;

        public IGrainFactory Grains { get; } = GrainFactoryProxy.Create((grain, key) => cluster.Reference(grain, from, silo, key));
    }
}
