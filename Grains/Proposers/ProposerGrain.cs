using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// A proposer on every silo. It is reentrant, so that proposals for many registers run side by side, each with its own ballots. There is
/// one activation for each key, so that it sees all changes of a register that reach the silo and can combine them. It does not use
/// Orleans' default directory, which would look up even a stateless worker, perhaps on a hung silo.
/// </summary>
[StatelessWorker(1), Reentrant, GrainDirectory(PinnedGrainDirectory.Name)]
internal sealed class ProposerGrain : Grain, IProposerGrain
{
    private readonly ProposerFront _front;

    public ProposerGrain(Proposer proposer, AcceptorPeers peers, IOptions<PaxosOptions> options, ILocalSiloDetails silo) =>
        _front = new ProposerFront(silo.Name, proposer, peers, TellLearnerAsync, options.Value);

    public Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request) => _front.ChangeAsync(register, request);

    public Task<RegisterEntry?> ReadAsync(string register) => _front.ReadAsync(register);

    public Task<long> FloorAsync(string register) => _front.FloorAsync(register);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register) => _front.HistoryAsync(register);

    public Task<NamePage> ListAsync(string prefix, string after, int limit) => _front.ListAsync(prefix, after, limit);

    public Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit) => _front.ListEntriesAsync(prefix, after, limit);

    public Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit) => _front.ListHistoriesAsync(prefix, after, limit);

    public Task<WatermarksReply> WatermarksAsync(int first, int count) => _front.WatermarksAsync(first, count);

    public Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks) => _front.RaiseAsync(watermarks);

    public Task<ClusterStatus> StatusAsync() => _front.StatusAsync();

    public Task PingAsync() => Task.CompletedTask;

    private Task TellLearnerAsync(string register, ChosenState chosen) =>
        GrainFactory.GetGrain<IConfigRegisterGrain>(register).LearnAsync(chosen);
}
