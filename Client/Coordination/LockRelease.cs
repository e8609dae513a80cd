namespace Orleans.Paxos.Client.Coordination;

/// <summary>What is granted to a session.</summary>
/// <param name="Token">The fencing token.</param>
/// <param name="Entry">The lock's entry that shows it.</param>
internal sealed record Grant(long Token, RegisterEntry Entry);

/// <summary>Takes a session out of a lock, if it still holds it under a token. It can be tried again, and then does no harm.</summary>
internal sealed class LockRelease(IRegisterClient registers, string name, Guid session, Grant grant)
{
    private RegisterEntry? _entry = grant.Entry;
    private bool _isUnknown;

    /// <summary>Releases the lock: one write, if nobody else has written it since.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_isUnknown)
            _entry = await registers.ReadAsync(ReservedNames.OfLock(name), ReadConsistency.Linearizable, cancellationToken);
        _isUnknown = true; // until it is known: the same write again might never be, once the register was forgotten
        while (LockValue.Of(_entry) is var value && value.HolderOf(session) is { } holder && holder.Token == grant.Token)
        {
            var outcome = await registers.ReplaceAsync(ReservedNames.OfLock(name), _entry, value.Without(each => each == session).ToChange(), cancellationToken);
            if (outcome.Status == ChangeStatus.Applied)
                return;
            _entry = outcome.Entry;
        }
    }
}
