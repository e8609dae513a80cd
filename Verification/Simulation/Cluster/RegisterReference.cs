using Orleans.Paxos.Registers;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>A register's grain as it appears to a client through one gateway. The gateway's silo forwards the call to the silo of the grain.</summary>
internal sealed class RegisterReference(SimulatedCluster cluster, Machine from, string gateway, string name) : IConfigRegisterGrain
{
    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) => CallAsync(request, to => to.ChangeAsync(cluster.Arriving(request)));

    public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) => CallAsync($"{consistency} read {name}", to => to.ReadAsync(consistency));

    public Task<long> FloorAsync() => CallAsync($"floor {name}", to => to.FloorAsync());

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => CallAsync($"history {name}", to => to.HistoryAsync());

    public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait) => CallAsync($"watch {name} after {after.Version}", to => to.WatchAsync(after, wait));

    public Task LearnAsync(ChosenState chosen) => CallAsync("learn", to =>
    {
        to.Learn(chosen);
        return Task.FromResult("learned");
    });

    private Task<TReply> CallAsync<TReply>(object message, Func<ConfigRegister, Task<TReply>> call) =>
        from.Place == gateway ? PassOnAsync(cluster.Silo(gateway), message, call)
        : cluster.Network.CallAsync(from, gateway, cluster.Silo(gateway).FindSelf, silo => PassOnAsync(silo, message, call), message, FaultKind.CallDuplicated);

    private Task<TReply> PassOnAsync<TReply>(SimulatedSilo silo, object message, Func<ConfigRegister, Task<TReply>> call)
    {
        var home = cluster.Directory.HomeOf(name, silo);
        return cluster.Network.CallAsync(silo.Machine, home.Name, () => home.FindRegister(name), call, message, FaultKind.CallDuplicated);
    }
}
