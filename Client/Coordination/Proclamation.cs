namespace Orleans.Paxos.Client.Coordination;

/// <summary>Changes what a leader proclaims, as long as it leads under the same token.</summary>
internal sealed class Proclamation(IRegisterClient registers, string name, Guid session, Grant grant)
{
    private RegisterEntry? _entry = grant.Entry;

    /// <summary>Writes a value.</summary>
    /// <returns>The election's entry; null if the session does not lead any more: then nothing was written.</returns>
    public async Task<RegisterEntry?> WriteAsync(byte[] value, CancellationToken cancellationToken)
    {
        while (LockValue.Of(_entry) is var current && current.HolderOf(session) is { } leader && leader.Token == grant.Token)
        {
            var outcome = await registers.ReplaceAsync(ReservedNames.OfLock(name), _entry, current.Proclaiming(session, value).ToChange(), cancellationToken);
            _entry = outcome.Entry;
            if (outcome.Status == ChangeStatus.Applied)
                return _entry;
        }

        return null;
    }
}
