using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>Lists sessions, and what belongs to each.</summary>
internal sealed class SessionList(IRegisterClient registers)
{
    /// <summary>The sessions that have not ended.</summary>
    public async IAsyncEnumerable<SessionInfo> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var locks = await LocksBySessionAsync(static _ => true, cancellationToken);
        await foreach (var (name, entry) in registers.ListEntriesAsync(ReservedNames.Sessions, cancellationToken))
        {
            if (SessionValue.IdOf(name) is { } id && InfoOf(id, entry, locks[id]) is { } info)
                yield return info;
        }
    }

    /// <summary>A page of the sessions that have not ended, in the order of their ids. It has one at least if more follow.</summary>
    /// <param name="after">The session after which it begins; null to begin with the first one.</param>
    /// <param name="limit">How many it has at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SessionPage> ReadPageAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        var from = after is { } last ? ReservedNames.OfSession(last) : "";
        while (true)
        {
            var page = await registers.ListEntriesPageAsync(ReservedNames.Sessions, from, limit, cancellationToken);
            var open = page.Entries.Select(static each => SessionValue.IdOf(each.Name) is { } id ? InfoOf(id, each.Entry, locks: []) : null).OfType<SessionInfo>().ToList();
            if (open.Count > 0)
                return new SessionPage(await WithLocksAsync(open, cancellationToken), page.More);
            if (!page.More)
                return new SessionPage([], More: false);
            from = page.Entries[^1].Name;
        }
    }

    /// <summary>One session; null if it has ended.</summary>
    public async Task<SessionInfo?> ReadAsync(Guid session, CancellationToken cancellationToken)
    {
        var entry = await registers.ReadAsync(ReservedNames.OfSession(session), ReadConsistency.Linearizable, cancellationToken);
        return SessionValue.HasEnded(entry) ? null : InfoOf(session, entry, (await LocksBySessionAsync(session.Equals, cancellationToken))[session]);
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

    private async Task<ImmutableArray<SessionInfo>> WithLocksAsync(IReadOnlyCollection<SessionInfo> sessions, CancellationToken cancellationToken)
    {
        var ids = sessions.Select(static session => session.Id).ToHashSet();
        var locks = await LocksBySessionAsync(ids.Contains, cancellationToken);
        return [.. sessions.Select(session => session with { Locks = [.. locks[session.Id]] })];
    }

    private async Task<ILookup<Guid, string>> LocksBySessionAsync(Predicate<Guid> isAskedFor, CancellationToken cancellationToken)
    {
        var held = new List<(Guid Session, string Name)>();
        await foreach (var (name, entry) in registers.ListEntriesAsync(ReservedNames.Locks, cancellationToken))
        {
            var holders = LockValue.Of(entry).Holders.Where(holder => isAskedFor(holder.Session));
            held.AddRange(holders.Select(holder => (holder.Session, name[ReservedNames.Locks.Length..])));
        }

        return held.ToLookup(static each => each.Session, static each => each.Name);
    }
}

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="More">Whether more may follow. If so, ask again after the last one.</param>
internal sealed record SessionPage(ImmutableArray<SessionInfo> Sessions, bool More);
