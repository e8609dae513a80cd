namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>A register's grain as seen through one gateway.</summary>
internal sealed class FakeConfigRegister(FakeCluster cluster, FakeGateway gateway, string name) : IConfigRegisterGrain
{
    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) =>
        cluster.CallAsync(gateway, "change", request, () => cluster.Change(request));

    public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) =>
        cluster.CallAsync(gateway, $"read {consistency}", null, () => cluster.Read(name, consistency));

    public Task<long> FloorAsync() =>
        cluster.CallAsync(gateway, "floor", null, async () => (await cluster.Read(name, ReadConsistency.Stale))?.Version ?? 0);

    public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait) =>
        cluster.CallAsync(gateway, $"watch {after}", null, () => cluster.Watch(after.Version, wait));

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => throw new NotSupportedException();

    public Task LearnAsync(ChosenState chosen) => throw new NotSupportedException();
}

/// <summary>A proposer on one gateway's silo.</summary>
internal sealed class FakeProposer(FakeCluster cluster, FakeGateway gateway) : IProposerGrain
{
    public Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request) =>
        cluster.CallAsync(gateway, "propose", request, () => cluster.Propose(gateway.Name, request));

    public Task<RegisterEntry?> ReadAsync(string register) =>
        cluster.CallAsync(gateway, "quorum read", null, () => cluster.QuorumRead(gateway.Name, register));

    public Task<long> FloorAsync(string register) =>
        cluster.CallAsync(gateway, "quorum floor", null, async () => (await cluster.QuorumRead(gateway.Name, register))?.Version ?? 0);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register) =>
        cluster.CallAsync(gateway, "history", null, () => cluster.History(register));

    public Task<NamePage> ListAsync(string prefix, string after, int limit) =>
        cluster.CallAsync(gateway, $"list {prefix}*>{after}", null, () => cluster.List(prefix, after, limit));

    public Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit) =>
        cluster.CallAsync(gateway, $"list entries {prefix}*>{after}", null, () => cluster.ListEntries(prefix, after, limit));

    public Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit) => throw new NotSupportedException();

    public Task<WatermarksReply> WatermarksAsync(int first, int count) => throw new NotSupportedException();

    public Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks) => throw new NotSupportedException();

    public Task<ClusterStatus> StatusAsync() => cluster.CallAsync(gateway, "status", null, () => cluster.Status(gateway.Name));

    public Task PingAsync() => cluster.CallAsync(gateway, "ping", null, () => cluster.Ping(gateway.Name));
}

/// <summary>The follower of prefixes on one gateway's silo.</summary>
internal sealed class FakePrefixWatch(FakeCluster cluster, FakeGateway gateway) : IPrefixWatchGrain
{
    public Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait) =>
        cluster.CallAsync(gateway, $"watch {prefix}* after {cursor}", null, () => cluster.WatchPrefix(gateway.Name, cursor));
}

/// <summary>The grain of the acceptor set, as seen through one gateway.</summary>
internal sealed class FakeAcceptorSet(FakeCluster cluster, FakeGateway gateway) : IAcceptorSetGrain
{
    public Task<AcceptorSetStatus> StatusAsync() => cluster.CallAsync(gateway, "acceptor status", null, () => cluster.AcceptorStatus());

    public Task<AcceptorSet> ChangeAsync(AcceptorChange change) =>
        cluster.CallAsync(gateway, $"add {string.Join(',', change.Add)} remove {string.Join(',', change.Remove)}", null, () => cluster.ChangeAcceptors());

    public Task<AcceptorSet> CancelAsync() => cluster.CallAsync(gateway, "cancel", null, () => cluster.ChangeAcceptors());
}
