namespace Orleans.Paxos.Client.Coordination;

/// <summary>What is granted to a session.</summary>
/// <param name="Token">The fencing token.</param>
/// <param name="Entry">The lock's entry that shows it.</param>
internal sealed record Grant(long Token, RegisterEntry Entry);

/// <summary>Writes a lock's register for a session, as long as the session holds the lock under a token. It can be tried again, and then does no harm.</summary>
internal sealed class GrantedLock(IRegisterClient registers, string name, Guid session, Grant grant)
{
    private RegisterEntry? _entry = grant.Entry;
    private bool _isUnknown;

    /// <summary>Releases the lock: one write, if nobody else has written it since.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => EditAsync(value => value.Without(each => each == session), cancellationToken);

    /// <summary>Changes what a leader proclaims.</summary>
    /// <returns>The election's entry; null if the session does not lead any more: then nothing was written.</returns>
    public Task<RegisterEntry?> ProclaimAsync(byte[] proclaimed, CancellationToken cancellationToken) =>
        EditAsync(value => value.Proclaiming(session, proclaimed), cancellationToken);

    private async Task<RegisterEntry?> EditAsync(Func<LockValue, LockValue> edit, CancellationToken cancellationToken)
    {
        if (_isUnknown)
            _entry = await registers.ReadAsync(ReservedNames.OfLock(name), ReadConsistency.Linearizable, cancellationToken);
        _isUnknown = true; // until it is known: the same write again might never be, once the register was forgotten
        RegisterEntry? written = null;
        while (written is null && LockValue.Of(_entry) is var value && value.HolderOf(session) is { } holder && holder.Token == grant.Token)
        {
            var outcome = await registers.ReplaceAsync(ReservedNames.OfLock(name), _entry, edit(value).ToChange(), cancellationToken);
            _entry = outcome.Entry;
            if (outcome.Status == ChangeStatus.Applied)
                written = outcome.Entry;
        }

        _isUnknown = false;
        return written;
    }
}
