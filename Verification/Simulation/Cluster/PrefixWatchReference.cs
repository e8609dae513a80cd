using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The follower of prefixes of a silo as it appears to a client.</summary>
internal sealed class PrefixWatchReference(SimulatedCluster cluster, Machine from, string silo) : IPrefixWatchGrain
{
    public Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait) => cluster.Network.CallAsync(
        from, silo, cluster.Silo(silo).FindPrefixReaders, async to => cluster.Parts.Telling(cursor, await to.WatchAsync(prefix, cursor, wait)), $"watch '{prefix}'", FaultKind.CallDuplicated);
}
