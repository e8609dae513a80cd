using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>I5: the states of a register that were chosen, whether anyone knows it or not, as one chain.</summary>
internal sealed class ChosenChain(SetLedger sets)
{
    private readonly Dictionary<Ballot, HashSet<string>> _acceptors = [];
    private readonly Dictionary<string, ChosenState> _holds = [];
    private readonly HashSet<Ballot> _chosen = [];
    private readonly SortedDictionary<long, WindowItem> _items = [];
    private readonly SortedSet<long> _origins = [];
    private readonly SortedSet<long> _ends = [];
    private Ballot _highest;
    private long _version;

    /// <summary>Whether rivals in the initial round split the acceptors between them.</summary>
    public bool InitialRoundWasSplit => _acceptors.Keys.Count(static ballot => ballot.IsInitial) > 1;

    /// <summary>Records that an acceptor has durably accepted a state.</summary>
    /// <param name="acceptor">The acceptor.</param>
    /// <param name="record">Its record.</param>
    /// <param name="inTime">Whether it had not taken over a later set than the ballot's. If it had, nobody is told that it has accepted the state.</param>
    /// <returns>The violation; null when there is none.</returns>
    public string? Accepted(string acceptor, AcceptorRecord record, bool inTime)
    {
        if (!_acceptors.TryGetValue(record.Accepted, out var acceptors))
            _acceptors.Add(record.Accepted, acceptors = []);
        if (inTime)
            acceptors.Add(acceptor);
        _holds[acceptor] = new ChosenState(record.Accepted, record.State);
        return Consider(_holds[acceptor]);
    }

    /// <summary>Looks again at what acceptors hold, because one of them has taken over another set.</summary>
    /// <returns>The violations.</returns>
    public IEnumerable<string> Reconsider() => _holds.Values.DistinctBy(static held => held.Ballot).OrderBy(static held => held.Ballot).Select(Consider).OfType<string>();

    /// <summary>Records that an acceptor does not hold the register any more.</summary>
    public void Dropped(string acceptor) => _holds.Remove(acceptor);

    /// <summary>Whether a chosen state no longer remembers all requests.</summary>
    public bool WindowHasOverflowed { get; private set; }

    /// <summary>The first version that is within the history of every state that an acceptor has accepted: it lets go of what is before.</summary>
    public long FirstInHistory { get; private set; } = 1;

    /// <summary>Records that an acceptor has let go of what is before a version.</summary>
    public void LetGo(long first) => FirstInHistory = Math.Max(FirstInHistory, first);

    /// <summary>Whether enough acceptors have accepted the state of a ballot for it to be chosen.</summary>
    public bool IsChosen(Ballot ballot) => _chosen.Contains(ballot);

    /// <summary>The tombstones after which the register has ended.</summary>
    public IReadOnlyCollection<long> Ends => _ends;

    /// <summary>Whether an acceptor has forgotten the register.</summary>
    public bool WasForgotten { get; private set; }

    /// <summary>Whether the last version that was chosen is a value, whether anyone knows it or not.</summary>
    public bool HasValue => _items.Count > 0 && !_items.Values.Last().Deleted;

    /// <summary>The last version that was chosen.</summary>
    public long Version => _version;

    /// <summary>What was chosen, by version.</summary>
    public IReadOnlyDictionary<long, WindowItem> Items => _items;

    /// <summary>The versions that the register began above when it was written again after it was forgotten.</summary>
    public IReadOnlyCollection<long> Origins => _origins;

    /// <summary>Records that an acceptor has forgotten the register.</summary>
    public void Forgot(string acceptor)
    {
        WasForgotten = true;
        Dropped(acceptor);
    }

    /// <summary>A state is chosen when it is accepted by those who have to, or when all who ask are shown that it is.</summary>
    private string? Consider(ChosenState held)
    {
        var isChosen = sets.Chooses(held.Ballot, _acceptors[held.Ballot]) || sets.ShowsChosen(held.Ballot, _holds.Where(each => each.Value.Ballot == held.Ballot).Select(static each => each.Key));
        return isChosen && _chosen.Add(held.Ballot) ? Chosen(held.Ballot, held.State) : null;
    }

    private string? Chosen(Ballot ballot, RegisterState state)
    {
        WindowHasOverflowed |= state.WindowStart > state.Origin.Version + 1;
        if (state.Newest is null)
            return Ended(ballot, state.Origin.Forgotten);
        if (state.Origin.Version > 0 && _origins.Add(state.Origin.Version) && _items.Count > 0 && EndsBefore(state.Origin.Version) is { } lives)
            return lives;
        for (var version = state.WindowStart; version <= state.Version; version++)
        {
            var item = state.ItemOf(version)!.Value;
            if (!_items.TryAdd(version, item) && _items[version].RequestId != item.RequestId)
                return $"version {version} was chosen for two requests, {_items[version].RequestId:N} and {item.RequestId:N}";
        }

        return Follow(ballot, state.Version);
    }

    /// <summary>A register may end only at a tombstone, which is the last of all versions that are chosen.</summary>
    private string? Ended(Ballot ballot, long version)
    {
        LetGo(version + 1);
        if (_ends.Add(version) && !(_items.TryGetValue(version, out var item) && item.Deleted))
            return $"the register ends at version {version}, which is not a tombstone";
        return Follow(ballot, version);
    }

    /// <summary>A register that begins again has ended before: at the last version, which is a tombstone.</summary>
    private string? EndsBefore(long origin)
    {
        _ends.Add(_version);
        return _version <= origin && _items.TryGetValue(_version, out var last) && last.Deleted ? null : $"the register begins above version {origin}, and version {_version} is not a tombstone before it";
    }

    private string? Follow(Ballot ballot, long version)
    {
        if (ballot > _highest ? version < _version : version > _version)
            return $"the state chosen under ballot {ballot} ends at version {version}, that under {_highest} at {_version}";
        if (ballot > _highest)
            (_highest, _version) = (ballot, version);
        return null;
    }
}
