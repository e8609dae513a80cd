namespace Orleans.Paxos.Client.Coordination;

/// <summary>A barrier: a lock that as many hold as there are participants, and that opens when all of them do.</summary>
internal sealed class Barrier(CoordinationParts parts, string name, int participants) : IBarrier
{
    private readonly LockDesk _desk = new(parts);

    public string Name => name;

    public async Task<IHolding> EnterAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default)
    {
        var patience = new Patience(parts.Time, options?.Timeout);
        var holding = await _desk.AcquireAsync(
            name,
            options,
            session => new Bid(LockKind.Barrier, participants, session.Id, session.Owner),
            options?.Timeout,
            (grant, session, owns) => new Holding(parts, name, grant, session, owns),
            cancellationToken) ?? throw Late(options!);
        var isOpen = false;
        try
        {
            isOpen = await OpensAsync(holding, patience, cancellationToken);
            return isOpen ? holding : throw Late(options!);
        }
        finally
        {
            if (!isOpen)
                await holding.DisposeAsync();
        }
    }

    public Task<ImmutableArray<HolderInfo>> ReadAsync(CancellationToken cancellationToken = default) => _desk.Locks.HoldersAsync(name, cancellationToken);

    /// <summary>Waits until all participants are there.</summary>
    private async Task<bool> OpensAsync(Holding holding, Patience patience, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, holding.Lost);
        await using var wait = new LockWait(parts, name, ended.Token);
        try
        {
            while (true)
            {
                var entry = await _desk.Locks.ReadAsync(name, ended.Token);
                if (LockValue.Of(entry) is var value && value.HolderOf(holding.Session.Id)?.Token != holding.Token)
                    throw new SessionLostException(holding.Session.Id);
                if (value.IsOpen || patience.IsOver)
                    return value.IsOpen;
                await wait.WaitAsync(entry, patience.Of(LockWait.Longest));
            }
        }
        catch (OperationCanceledException) when (holding.Lost.IsCancellationRequested)
        {
            throw new SessionLostException(holding.Session.Id);
        }
    }

    private TimeoutException Late(AcquireOptions options) => new($"Not all {participants} participants came to the barrier '{name}' within {options.Timeout}.");
}
