namespace Orleans.Paxos.Verification;

/// <summary>The gateways of the cluster as a client has them: all silos.</summary>
internal sealed class SimulatedGateways(SimulatedCluster cluster, Machine client) : IGatewaySource
{
    public ImmutableArray<IGateway> Current { get; } =
        [.. cluster.Silos.Select(silo => new SimulatedGateway(cluster, client, silo.Name))];

    private sealed class SimulatedGateway(SimulatedCluster cluster, Machine client, string silo) : IGateway
    {
        public string Name => silo;

        public IGrainFactory Grains { get; } = GrainFactoryProxy.Create((grain, key) => grain == typeof(IProposerGrain)
            ? new ProposerReference(cluster, client, silo)
            : new RegisterReference(cluster, client, silo, key));
    }
}
