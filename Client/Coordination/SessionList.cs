using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Registers;

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
            if (SessionValue.IdOf(name) is { } id && InfoOf(id, entry, locks[id]) is { } info)
                yield return info;
        }
    }

    /// <summary>One session; null if it has ended.</summary>
    public async Task<SessionInfo?> ReadAsync(Guid session, CancellationToken cancellationToken)
    {
        var entry = await registers.ReadAsync(ReservedNames.OfSession(session), ReadConsistency.Linearizable, cancellationToken);
        return SessionValue.HasEnded(entry) ? null : InfoOf(session, entry, (await LocksBySessionAsync(cancellationToken))[session]);
    }

    /// <summary>What everyone can see of a session; null if it has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="entry">The entry of its register.</param>
    /// <param name="locks">The locks that it holds.</param>
    public static SessionInfo? InfoOf(Guid id, RegisterEntry? entry, IEnumerable<string> locks) => SessionValue.Of(entry) is { State: not SessionState.Ended } value
        ? new SessionInfo(
            id, value.Owner, value.TimeToLive, value.Opened, entry!.At, value.State == SessionState.Ending,
            [.. value.Attached.Select(static attached => attached.Name)], [.. locks])
        : null;

    private async Task<ILookup<Guid, string>> LocksBySessionAsync(CancellationToken cancellationToken)
    {
        var held = new List<(Guid Session, string Name)>();
        await foreach (var (name, entry) in registers.ListEntriesAsync(ReservedNames.Locks, cancellationToken))
            held.AddRange(LockValue.Of(entry).Holders.Select(holder => (holder.Session, name[ReservedNames.Locks.Length..])));
        return held.ToLookup(static each => each.Session, static each => each.Name);
    }
}
