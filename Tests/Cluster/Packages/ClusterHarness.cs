namespace Orleans.Paxos.Tests.Cluster;

/// <summary>The harness of this build's runtime.</summary>
internal static class ClusterHarness
{
    public static Task<IClusterHarness> StartAsync(int silos, Action<string, ISiloBuilder> configure) =>
        OrleansClusterHarness.StartAsync(silos, configure);
}
