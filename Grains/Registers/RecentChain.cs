namespace Orleans.Paxos;

/// <summary>
/// What a learner remembers of a register's chain: the newest chosen state, entries before it without holes, and which
/// requests wrote which versions since it began to follow. Soft state.
/// </summary>
internal sealed class RecentChain
{
    private const int MaxEntries = 512;
    private const int MaxBytes = 2 * 1024 * 1024;
    private const int MaxRequests = 8192;

    private readonly Queue<RegisterEntry> _entries = new();
    private readonly Queue<(long Version, Guid RequestId)> _requests = new();
    private readonly Dictionary<Guid, long> _versions = [];
    private long _bytes;

    /// <summary>The newest chosen state known; null before the first was learned.</summary>
    public ChosenState? Newest { get; private set; }

    /// <summary>The first version of which the entry is remembered.</summary>
    private long FirstEntry => (Newest?.State.Version ?? 0) - _entries.Count + 1;

    /// <summary>The first version of which the request is remembered.</summary>
    private long FirstRequest => (Newest?.State.Version ?? 0) - _requests.Count + 1;

    /// <summary>Takes in a chosen state, with entries chosen in it that it no longer carries.</summary>
    /// <returns>Whether it has versions that were not known.</returns>
    public bool Learn(ChosenState chosen, IEnumerable<RegisterEntry> written)
    {
        var before = Newest;
        if (before is not null)
        {
            Invariants.OneChain(before.State, chosen.State);
            if (chosen.State.Version < before.State.Version || (chosen.State.Version == before.State.Version && chosen.Ballot <= before.Ballot))
                return false;
        }

        var known = before?.State.Version ?? 0;
        AppendEntries(known, chosen.State, written);
        AppendRequests(known, chosen.State, written);
        Newest = chosen;
        return chosen.State.Version > known || before is null;
    }

    /// <summary>
    /// Raises a request's floor to the newest version when all versions since its floor are remembered and none is its own.
    /// </summary>
    public ChangeRequest RaiseFloor(ChangeRequest request) =>
        Newest is { State.Version: var version } && request.Floor >= FirstRequest - 1 && request.Floor < version && !_versions.ContainsKey(request.RequestId)
            ? request with { Floor = version }
            : request;

    /// <summary>The entries after a version, without holes; null when they are not all remembered.</summary>
    public ImmutableArray<RegisterEntry>? EntriesAfter(long version) =>
        Newest is null || version < FirstEntry - 1
            ? null
            : [.. _entries.Where(entry => entry.Version > version)];

    private void AppendEntries(long known, RegisterState state, IEnumerable<RegisterEntry> written)
    {
        var fresh = state.Entries.Concat(written).Where(entry => entry.Version > known)
            .DistinctBy(entry => entry.Version).OrderBy(entry => entry.Version).ToList();
        if (fresh.Count != state.Version - known)
        {
            _entries.Clear();
            _bytes = 0;
            fresh = [.. state.Entries];
        }

        foreach (var entry in fresh)
        {
            _entries.Enqueue(entry);
            _bytes += entry.Value.Length;
        }

        while (_entries.Count > MaxEntries || (_bytes > MaxBytes && _entries.Count > 1))
            _bytes -= _entries.Dequeue().Value.Length;
    }

    private void AppendRequests(long known, RegisterState state, IEnumerable<RegisterEntry> written)
    {
        var fresh = written.Where(entry => entry.Version > known).Select(entry => (entry.Version, entry.RequestId))
            .Concat(state.Window.Select((item, index) => (Version: state.WindowStart + index, item.RequestId)).Where(item => item.Version > known))
            .DistinctBy(item => item.Version).OrderBy(item => item.Version).ToList();
        if (fresh.Count != state.Version - known)
        {
            _requests.Clear();
            _versions.Clear();
            fresh = [.. state.Window.Select((item, index) => (state.WindowStart + index, item.RequestId))];
        }

        foreach (var (version, requestId) in fresh)
        {
            _requests.Enqueue((version, requestId));
            _versions[requestId] = version;
        }

        while (_requests.Count > MaxRequests)
            _versions.Remove(_requests.Dequeue().RequestId);
    }
}
