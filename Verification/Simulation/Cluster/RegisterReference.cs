using Orleans.Paxos.Registers;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>A register's grain as it appears to a client through one gateway.</summary>
internal sealed class RegisterReference(SimulatedCluster cluster, Machine from, string gateway, string name) : IConfigRegisterGrain
{
    private readonly GrainRoute<ConfigRegister> _route = new(cluster, from, gateway, name, silo => silo.FindRegister(name));

    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) => _route.CallAsync(request, to => to.ChangeAsync(cluster.Arriving(request)));

    public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) => _route.CallAsync($"{consistency} read {name}", to => to.ReadAsync(consistency));

    public Task<long> FloorAsync() => _route.CallAsync($"floor {name}", to => to.FloorAsync());

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => _route.CallAsync($"history {name}", to => to.HistoryAsync());

    public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait) => _route.CallAsync($"watch {name} after {after.Version}", to => to.WatchAsync(after, wait));

    public Task LearnAsync(ChosenState chosen) => _route.CallAsync("learn", to =>
    {
        to.Learn(chosen);
        return Task.FromResult("learned");
    });
}
