using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// What a learner remembers of a register's chain: the newest chosen state, for watchers the entries before it without gaps, and which
/// requests wrote which versions since it began to follow. This is soft state, and its size follows its use.
/// </summary>
internal sealed class RecentChain(TimeProvider clock)
{
    private const int EntriesWatched = 512;
    private const int EntriesUnwatched = 1;
    private const int MaxBytes = 2 * 1024 * 1024;
    private const int LeastRequests = 256;
    private const int MostRequests = 8192;

    private readonly Queue<RegisterEntry> _entries = new();
    private readonly List<Guid> _requests = [];
    private int _requestsToKeep = LeastRequests;
    private long _periodBegan = clock.GetTimestamp();
    private int _learnedInPeriod;
    private long _bytes;

    /// <summary>The newest known chosen state; null before the first one was learned.</summary>
    public ChosenState? Newest { get; private set; }

    /// <summary>Whether someone watches. If so, more entries are kept for watchers that are between two polls.</summary>
    public bool Watched { get; set; }

    private long Version => Newest?.State.Version ?? 0;

    /// <summary>Takes in a chosen state, and entries chosen in it that it no longer carries.</summary>
    /// <param name="chosen">The state.</param>
    /// <param name="written">The entries.</param>
    /// <param name="since">What was the newest state when the read that shows this one began. A read shows nothing older (I7).</param>
    /// <returns>Whether it has versions that were not known before.</returns>
    public bool Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written, ChosenState? since = null)
    {
        var before = Newest;
        if (before is not null)
        {
            Invariants.OneChain(before.State, chosen.State);
            if (!Follows(chosen, before, since))
                return false;
            if (chosen.State.Newest is null)
                return BeginAnew(chosen);
        }

        var known = Version;
        Newest = chosen;
        RememberEntries(known, chosen.State, written);
        RememberRequests(known, chosen.State, written.Count);
        return chosen.State.Version > known || before is null;
    }

    /// <summary>
    /// Raises a request's floor to the newest version if all versions since the floor are remembered and the request wrote none of them.
    /// The floor of a change with a condition is never raised. If it was raised above the version that refused the first copy of the
    /// request, a duplicate would be applied.
    /// </summary>
    public ChangeRequest RaiseFloor(ChangeRequest request)
    {
        if (request.Change.HasCondition)
            return request;
        var since = Version - request.Floor;
        if (since <= 0 || since > _requests.Count || _requests.IndexOf(request.RequestId, _requests.Count - (int)since) >= 0)
            return request;
        return request with { Floor = Version };
    }

    /// <summary>
    /// Whether the chain has what a watcher saw, as far as it is remembered. Of a register that has none, everything may have been forgotten, if
    /// anything was.
    /// </summary>
    public bool MayHave(WatchPoint seen) => Newest is { State: { Newest: null, Origin.Version: > 0 } }
        || (seen.Version <= Version && (RequestIdOf(seen.Version) is not { } requestId || seen.MayBeOf(requestId)));

    /// <summary>Returns the entries after a version, without gaps; null when they are not all remembered.</summary>
    public ImmutableArray<RegisterEntry>? EntriesAfter(long version) =>
        version < Version - _entries.Count ? null : [.. _entries.Where(entry => entry.Version > version)];

    /// <summary>
    /// Whether a state comes after another one. A first version at or below the origin may be of an earlier life, or of a proposal that began before
    /// the origin rose for another name: the next read tells.
    /// </summary>
    private static bool Follows(ChosenState chosen, ChosenState before, ChosenState? since) => (before.State.Newest, chosen.State.Newest) switch
    {
        (null, null) => chosen.Ballot > before.Ballot || chosen.State.Origin.Version > before.State.Origin.Version,
        (null, { } first) => first.Version > before.State.Origin.Version || ReferenceEquals(since, before),
        ({ } last, null) => chosen.Ballot > before.Ballot || chosen.State.Origin.Version >= last.Version,
        ({ } last, { } next) => next.Version > last.Version || (next.Version == last.Version && chosen.Ballot > before.Ballot),
    };

    /// <summary>The register has ended: nothing of what was before is told any more.</summary>
    private bool BeginAnew(ChosenState empty)
    {
        Newest = empty;
        _entries.Clear();
        _bytes = 0;
        _requests.Clear();
        return false;
    }

    private Guid? RequestIdOf(long version) =>
        Newest?.State.RequestIdOf(version) ?? _entries.FirstOrDefault(entry => entry.Version == version)?.RequestId;

    private void RememberEntries(long known, RegisterState state, IReadOnlyCollection<RegisterEntry> written)
    {
        var fresh = Fresh(known, state, written);
        if (fresh is null)
        {
            _entries.Clear();
            _bytes = 0;
        }

        foreach (var entry in fresh ?? [.. state.Entries])
        {
            _entries.Enqueue(entry);
            _bytes += entry.Value.Length;
        }

        while (_entries.Count > (Watched ? EntriesWatched : EntriesUnwatched) || (_bytes > MaxBytes && _entries.Count > 1))
            _bytes -= _entries.Dequeue().Value.Length;
    }

    /// <summary>Returns the entries after a version; null when there is a gap.</summary>
    private static List<RegisterEntry>? Fresh(long known, RegisterState state, IReadOnlyCollection<RegisterEntry> written)
    {
        var fresh = new List<RegisterEntry>();
        for (var version = known + 1; version <= state.Version; version++)
        {
            if ((state.EntryOf(version) ?? written.FirstOrDefault(entry => entry.Version == version)) is not { } entry)
                return null;
            fresh.Add(entry);
        }

        return fresh;
    }

    /// <summary>
    /// Remembers the requests of the last minute, and more of them when more writers wait together. The more writers there are, the
    /// older their floors become while they wait.
    /// </summary>
    private void RememberRequests(long known, RegisterState state, int writtenTogether)
    {
        var fresh = (int)Math.Min(state.Version - known, state.Window.Length);
        CountInPeriod(fresh);
        _requestsToKeep = Math.Clamp(Math.Max(8 * writtenTogether, 2 * _learnedInPeriod), _requestsToKeep, MostRequests);
        if (fresh < state.Version - known)
            _requests.Clear();
        foreach (var item in state.Window.AsSpan()[^fresh..])
            _requests.Add(item.RequestId);
        if (_requests.Count > 2 * _requestsToKeep)
            _requests.RemoveRange(0, _requests.Count - _requestsToKeep);
    }

    private void CountInPeriod(int learned)
    {
        if (clock.GetElapsedTime(_periodBegan) > ChangeRequest.LongestFloorAge)
        {
            _periodBegan = clock.GetTimestamp();
            _learnedInPeriod = 0;
        }

        _learnedInPeriod += learned;
    }
}
