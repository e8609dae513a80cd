using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Benchmarks.Micro;
using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Benchmarks.Names;

/// <summary>An acceptor on SQLite that takes one turn at a time, as its grain does, but without the runtime.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">The folder of its database.</param>
/// <param name="options">The limits and timeouts.</param>
internal sealed class BareAcceptor(string name, string folder, PaxosOptions options) : IAcceptorGrain
{
    private readonly TaskFactory _turns = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
    private SqliteGrainStorage? _storage;
    private Acceptor? _acceptor;

    /// <summary>The folder of its database.</summary>
    public string Folder => folder;

    /// <summary>Opens the database, and starts the acceptor and its forgetter on it.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="end">Ends a register that is deleted, at every acceptor.</param>
    public void Open(AcceptorPeers peers, Func<string, Task> end)
    {
        _storage = new SqliteGrainStorage(
            name, new SqliteGrainStorageOptions { Directory = folder }, SqliteStoreSettings.Default, new StoredRecordSerializer(new OnlyRecords()), NullLogger<SqliteGrainStorage>.Instance);
        _storage.Open();
        _acceptor = new Acceptor(new AcceptorStorage(_storage, name, UniqueId.New), peers, options, end, new MissedWrites(peers.Clock), NullLogger<Acceptor>.Instance);
        _ = _turns.StartNew(_acceptor.BeginForgetting);
    }

    /// <summary>Stops the acceptor and closes its database, which copies the write-ahead log into it.</summary>
    public void Close()
    {
        _acceptor?.Stop();
        _storage?.Dispose();
    }

    public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests) => InTurnAsync(acceptor => acceptor.PrepareAsync(requests, acceptor.Report));

    public Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests) => InTurnAsync(acceptor => acceptor.AcceptAsync(requests, acceptor.Report));

    public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests) => InTurnAsync(acceptor => acceptor.ReadAsync(requests, acceptor.Report));

    public Task<HistoryReply> HistoryAsync(HistoryRequest request) => InTurnAsync(acceptor => acceptor.HistoryAsync(request));

    public Task<ListReply> ListAsync(ListRequest request) => InTurnAsync(acceptor => acceptor.ListAsync(request));

    public Task<FeedReply> FeedAsync(FeedRequest request) => InTurnAsync(acceptor => acceptor.FeedAsync(request));

    public Task<CoverReply> CoverAsync(CoverRequest request) => InTurnAsync(acceptor => acceptor.CoverAsync(request));

    public Task<WatermarksReply> WatermarksAsync(WatermarksRequest request) => InTurnAsync(acceptor => acceptor.WatermarksAsync(request));

    public Task<WatermarksReply> RaiseAsync(RaiseRequest request) => InTurnAsync(acceptor => acceptor.RaiseAsync(request));

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => InTurnAsync(acceptor => acceptor.IntroduceAsync(request));

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => InTurnAsync(acceptor => acceptor.EnrollAsync(request));

    public Task<AcceptorSet> FollowAsync(AcceptorSet set) => InTurnAsync(acceptor => acceptor.FollowAsync(set));

    public Task NoteMissedAsync() => Task.CompletedTask;

    public Task<AcceptorStatus> StatusAsync() => InTurnAsync(acceptor => acceptor.StatusAsync(name));

    private Task<T> InTurnAsync<T>(Func<Acceptor, Task<T>> call) => _turns.StartNew(() => call(_acceptor!)).Unwrap();
}
