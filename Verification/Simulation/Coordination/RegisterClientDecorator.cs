namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>Registers that pass every call to others..</summary>
internal abstract class RegisterClientDecorator(IRegisterClient inner) : IRegisterClient
{
    public virtual Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.ChangeAsync(name, change, options, cancellationToken);

    public virtual Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(name, consistency, cancellationToken);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default) => inner.HistoryAsync(name, cancellationToken);

    public Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default) =>
        inner.ListPageAsync(prefix, after, limit, cancellationToken);

    public Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default) =>
        inner.ListEntriesPageAsync(prefix, after, limit, cancellationToken);

    public IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, CancellationToken cancellationToken = default) =>
        inner.WatchAsync(name, after, cancellationToken);

    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", CancellationToken cancellationToken = default) =>
        inner.WatchPrefixAsync(prefix, cursor, cancellationToken);

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) => inner.StatusAsync(cancellationToken);
}
