namespace Orleans.Paxos.Client.Coordination;

/// <summary>Waits until it is worth while to try again: the lock's register has changed, or the session of a holder has ended.</summary>
internal sealed class LockWait(CoordinationParts parts, string name, CancellationToken cancellationToken) : IAsyncDisposable
{
    /// <summary>Who waits looks again after this time even if it was told nothing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Task> _ends = [];
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private FollowedRegister? _register;

    /// <summary>Waits.</summary>
    /// <param name="seen">The lock's entry that did not allow it; null if it could not be read.</param>
    /// <param name="longest">How long to wait at most.</param>
    public async Task WaitAsync(RegisterEntry? seen, TimeSpan longest)
    {
        _register ??= new FollowedRegister(parts.Registers, ReservedNames.OfLock(name), seen is null ? default : WatchPoint.Of(seen), _over.Token);
        var changed = _register.Changed;
        await Task.WhenAny(LockValue.Of(seen).Holders.Select(EndOf).Append(changed)).EndsWithinAsync(longest, parts.Time, cancellationToken);
        if (changed.IsCompleted)
            await _register.TakeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        foreach (var end in _ends.Values)
            await end.EndAsync();
        if (_register is not null)
            await _register.DisposeAsync();
        _over.Dispose();
    }

    private Task EndOf(Holder holder)
    {
        if (_ends.TryGetValue(holder.Session, out var end) && !end.IsFaulted)
            return end;
        return _ends[holder.Session] = new SessionWatch(parts, holder.Session).UntilEndedAsync(_over.Token);
    }

    private void Stop() => _over.Cancel();
}
