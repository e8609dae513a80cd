using Orleans.Paxos.Proposers;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The proposer of a silo as it appears to another machine.</summary>
internal sealed class ProposerReference(SimulatedCluster cluster, Machine from, string silo) : IProposerGrain
{
    public Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request) =>
        CallAsync(request, to => to.ChangeAsync(register, cluster.Arriving(request)));

    public Task<RegisterEntry?> ReadAsync(string register) => CallAsync($"read {register}", to => to.ReadAsync(register));

    public Task<long> FloorAsync(string register) => CallAsync($"floor {register}", to => to.FloorAsync(register));

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register) => CallAsync($"history {register}", to => to.HistoryAsync(register));

    public Task<NamePage> ListAsync(string prefix, string after, int limit) => CallAsync("list", to => to.ListAsync(prefix, after, limit));

    public Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit) =>
        CallAsync("list entries", to => to.ListEntriesAsync(prefix, after, limit));

    public Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit) =>
        CallAsync("list histories", to => to.ListHistoriesAsync(prefix, after, limit));

    public Task<WatermarksReply> WatermarksAsync(int first, int count) => CallAsync("watermarks", to => to.WatermarksAsync(first, count));

    public Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks) => CallAsync("raise", async to =>
    {
        await to.RaiseAsync(watermarks);
        return true;
    });

    public Task<ClusterStatus> StatusAsync() => CallAsync("status", to => to.StatusAsync());

    public Task PingAsync() => CallAsync("ping", _ => Task.FromResult("pong"));

    private Task<TReply> CallAsync<TReply>(object message, Func<ProposerFront, Task<TReply>> call) =>
        cluster.Network.CallAsync(from, silo, () => cluster.Silo(silo).FindProposer(), call, message, FaultKind.CallDuplicated);
}
