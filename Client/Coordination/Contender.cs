namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Acquires a lock for a session. The lock's register decides: a compare-and-set writes the session into it, and the version written is the token. Who has
/// to wait stands in line, and the first in line watches the register and the sessions of the holders.
/// </summary>
internal sealed class Contender(CoordinationParts parts, string name, Bid bid, IBidder bidder)
{
    private readonly string _register = ReservedNames.OfLock(name);
    private readonly LockRegisters _locks = parts.Locks;
    private RegisterEntry? _seen;
    private Attempt? _unknown;

    /// <summary>Acquires the lock.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was granted; null if the time is over.</returns>
    public async Task<Grant?> AcquireAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var patience = new Patience(parts.Time, timeout);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bidder.Lost);
        Grant? granted = null;
        try
        {
            granted = await StandInLineAsync(patience, ended.Token);
            if (granted is null)
                return null;
            await EnsureOpenAsync(cancellationToken);
            bidder.Holds(name);
            return granted;
        }
        catch (OperationCanceledException) when (bidder.Lost.IsCancellationRequested)
        {
            throw new SessionLostException(bidder.Id);
        }
        finally
        {
            if (granted is null && _unknown is not null)
                bidder.ReleaseLater(WithdrawAsync);
        }
    }

    private async Task<Grant?> StandInLineAsync(Patience patience, CancellationToken cancellationToken)
    {
        var ticket = parts.NewId();
        await using var wait = new LockWait(parts, name, cancellationToken);
        try
        {
            while (true)
            {
                if (await parts.Lines.EnterAsync(_register, ticket, patience.Of(LockWait.Longest), cancellationToken))
                {
                    if (await TryAgainAsync(patience, cancellationToken) is { } granted)
                        return granted;
                    if (!patience.IsOver)
                        await wait.WaitAsync(_seen, patience.Of(LockWait.Longest));
                }

                if (patience.IsOver)
                    return null;
            }
        }
        finally
        {
            parts.Lines.Leave(_register, ticket);
        }
    }

    /// <summary>Tries to get the lock, and counts as having to wait if no majority answers while there is time left.</summary>
    private async Task<Grant?> TryAgainAsync(Patience patience, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is QuorumUnavailableException or OutcomeUnknownException && !patience.IsOver)
        {
            return null;
        }
    }

    /// <summary>Tries to get the lock as it is now. What it saw is in <see cref="_seen"/> if it has to wait, or if no majority answered.</summary>
    private async Task<Grant?> TryAsync(CancellationToken cancellationToken)
    {
        if (_seen is not null)
            _seen = await _locks.ReadAsync(name, cancellationToken);
        while (true)
        {
            await EnsureOpenAsync(cancellationToken);
            var value = LockValue.Of(_seen);
            if (value.Misfit(bid) is var (found, wanted))
                throw new LockKindException(name, found, wanted);
            if (value.HolderOf(bid.Session) is { } holder)
            {
                if (bidder.TryHold(name, holder.Token))
                    return new Grant(holder.Token, _seen!);
                value = value.Without(each => each == bid.Session); // a release of that token may be under way: it takes a new one
            }

            if (await NextAsync(value, cancellationToken) is not { } next)
                return null;
            var outcome = await WriteAsync(next.ToChange(), cancellationToken);
            if (outcome is { Status: ChangeStatus.Applied, Entry: { } written } && bidder.TryHold(name, written.Version))
                return new Grant(written.Version, written);
            _seen = outcome.Entry;
        }
    }

    /// <summary>The value that grants the bid; null if it has to wait. Those who hold the lock only in a session that has ended do not count.</summary>
    private async Task<LockValue?> NextAsync(LockValue value, CancellationToken cancellationToken)
    {
        var next = value.With(bid);
        if (next is not (null or { IsOpen: true }))
            return next;
        var gone = await _locks.GoneAsync(value, cancellationToken);
        return value.Without(gone.Contains).With(bid);
    }

    /// <summary>Writes the lock's register. Who has not seen it tries without having read it.</summary>
    private async Task<ChangeOutcome> WriteAsync(Change change, CancellationToken cancellationToken)
    {
        try
        {
            return _seen is null
                ? await parts.Registers.ChangeAsync(_register, Change.Decide(change.Value), cancellationToken: cancellationToken)
                : await parts.Registers.ReplaceAsync(_register, _seen, change, cancellationToken);
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or OperationCanceledException)
        {
            _unknown = new Attempt(_seen);
            throw;
        }
    }

    private async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (!await bidder.IsOpenAsync(cancellationToken))
            throw new SessionLostException(bidder.Id);
    }

    /// <summary>
    /// Sees to it that the session does not get the lock after the caller has given up: by a write of which it is not known whether it happened, or will.
    /// </summary>
    private async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await _locks.ReadAsync(name, cancellationToken);
            if (LockValue.Of(entry).HolderOf(bid.Session) is { } holder)
            {
                if (!bidder.TryGiveUp(name, holder.Token))
                    return; // another handle of the session has it, by this write or an earlier one
                await new GrantedLock(parts.Registers, name, bid.Session, new Grant(holder.Token, entry!)).ReleaseAsync(cancellationToken);
                return;
            }

            if (_unknown!.IsTooLate(entry) || await parts.Registers.OvertakeAsync(_register, entry, bid.Session, cancellationToken))
                return;
        }
    }

    /// <summary>A write of which it is not known whether it happened, or will.</summary>
    /// <param name="basis">The entry that it expects; null if it expects that there is no value.</param>
    private sealed class Attempt(RegisterEntry? basis)
    {
        /// <summary>Whether it cannot happen any more, because the register has had another value since.</summary>
        public bool IsTooLate(RegisterEntry? newest) => basis is null ? newest is { Deleted: false } : newest is null || newest.Version > basis.Version;
    }
}
