namespace Orleans.Paxos.Client.Coordination;

/// <summary>A watch of a register that is asked whether something has changed, instead of enumerated.</summary>
internal sealed class FollowedRegister : IAsyncDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly IAsyncEnumerator<WatchBatch> _batches;
    private Task<bool>? _next;

    /// <summary>Begins to follow.</summary>
    /// <param name="registers">The registers.</param>
    /// <param name="name">The register.</param>
    /// <param name="after">What was seen of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public FollowedRegister(IRegisterClient registers, string name, WatchPoint after, CancellationToken cancellationToken)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _batches = registers.WatchAsync(name, after, _over.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>Ends when there is something to take.</summary>
    public Task Changed => _next ??= _batches.MoveNextAsync().AsTask();

    /// <summary>Takes what has changed.</summary>
    /// <returns>The newest entry, null if the register was forgotten; and whether it is new at all.</returns>
    public async Task<(bool IsNew, RegisterEntry? Newest)> TakeAsync()
    {
        await Changed;
        _next = null;
        var batch = _batches.Current;
        return (batch.CompactedThrough > 0 || !batch.Entries.IsEmpty, batch.Entries.LastOrDefault());
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_next is not null)
            await _next.EndAsync();
        await _batches.DisposeAsync();
        _over.Dispose();
    }

    private void Stop() => _over.Cancel();
}
