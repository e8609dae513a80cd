using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The way of calls to a grain through one gateway. The gateway's silo forwards a call to the silo of the grain.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="from">The caller's machine.</param>
/// <param name="gateway">The gateway's silo.</param>
/// <param name="grain">The grain, by a name that no other grain has.</param>
/// <param name="find">Finds the grain on its silo.</param>
internal sealed class GrainRoute<TGrain>(
    SimulatedCluster cluster, Machine from, string gateway, string grain, Func<SimulatedSilo, (Machine Machine, TGrain Target)?> find)
{
    public Task<TReply> CallAsync<TReply>(object message, Func<TGrain, Task<TReply>> call) =>
        from.Place == gateway ? PassOnAsync(cluster.Silo(gateway), message, call)
        : cluster.Network.CallAsync(from, gateway, cluster.Silo(gateway).FindSelf, silo => PassOnAsync(silo, message, call), message, FaultKind.CallDuplicated);

    private Task<TReply> PassOnAsync<TReply>(SimulatedSilo silo, object message, Func<TGrain, Task<TReply>> call)
    {
        var home = cluster.Directory.HomeOf(grain, silo);
        return cluster.Network.CallAsync(silo.Machine, home.Name, () => find(home), call, message, FaultKind.CallDuplicated);
    }
}
