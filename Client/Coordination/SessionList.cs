using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>Lists sessions, and what belongs to each.</summary>
internal sealed class SessionList(IRegisterClient registers)
{
    /// <summary>The sessions that have not ended.</summary>
    public async IAsyncEnumerable<SessionInfo> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var locks = await LocksBySessionAsync(cancellationToken);
        await foreach (var (name, entry) in registers.ListEntriesAsync(ReservedNames.Sessions, cancellationToken))
        {
            if (SessionValue.Of(entry) is { State: not SessionState.Ended } value && SessionValue.IdOf(name) is { } id)
            {
                yield return new SessionInfo(
                    id, value.Owner, value.TimeToLive, value.Opened, entry.At, value.State == SessionState.Ending,
                    [.. value.Attached.Select(static attached => attached.Name)], [.. locks[id]]);
            }
        }
    }

    private async Task<ILookup<Guid, string>> LocksBySessionAsync(CancellationToken cancellationToken)
    {
        var held = new List<(Guid Session, string Name)>();
        await foreach (var (name, entry) in registers.ListEntriesAsync(ReservedNames.Locks, cancellationToken))
            held.AddRange(LockValue.Of(entry).Holders.Select(holder => (holder.Session, name[ReservedNames.Locks.Length..])));
        return held.ToLookup(static each => each.Session, static each => each.Name);
    }
}
