namespace Orleans.Paxos.Client.Coordination;

/// <summary>A lock of one of the kinds that are acquired, held and released.</summary>
internal sealed class PaxosLock(CoordinationParts parts, string name, LockKind kind, int limit) : ILock, ISemaphore, IReaderWriterLock
{
    private readonly LockDesk _desk = new(parts);

    public string Name => name;

    public Task<IHolding> AcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default) =>
        AcquireAsync(isShared: false, options, cancellationToken);

    public Task<IHolding> AcquireReadAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default) =>
        AcquireAsync(isShared: true, options, cancellationToken);

    public Task<IHolding> AcquireWriteAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default) =>
        AcquireAsync(isShared: false, options, cancellationToken);

    public Task<IHolding?> TryAcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default) =>
        AcquireWithinAsync(isShared: false, options, options?.Timeout ?? TimeSpan.Zero, cancellationToken);

    async Task<HolderInfo?> ILock.ReadAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).FirstOrDefault();

    public Task<ImmutableArray<HolderInfo>> ReadAsync(CancellationToken cancellationToken = default) => _desk.Locks.HoldersAsync(name, cancellationToken);

    private async Task<IHolding> AcquireAsync(bool isShared, AcquireOptions? options, CancellationToken cancellationToken) =>
        await AcquireWithinAsync(isShared, options, options?.Timeout, cancellationToken) ?? throw new TimeoutException($"'{name}' was not acquired within {options!.Timeout}: others hold it or wait for it.");

    private Task<IHolding?> AcquireWithinAsync(bool isShared, AcquireOptions? options, TimeSpan? timeout, CancellationToken cancellationToken) =>
        _desk.AcquireAsync<IHolding>(
            name,
            options,
            session => new Bid(kind, limit, session.Id, session.Owner, isShared),
            timeout,
            (grant, session, owns) => new Holding(parts, name, grant, session, owns),
            cancellationToken);
}
