namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The requests that may have written the versions that no client saw: their outcome is unknown and no client saw their entry.</summary>
/// <remarks>
/// A request that does not name an expected version fits every version above what was known before it was sent and above
/// what refused it. If two such requests fit a version, both fit every higher version. Only their number matters, not which
/// of them wrote a version.
/// </remarks>
internal sealed class GapCandidates
{
    private readonly HashSet<long> _expectedValues = [];
    private readonly HashSet<long> _expectedTombstones = [];
    private readonly List<long> _sets;
    private readonly List<long> _decides;
    private readonly List<long> _deletes;

    public GapCandidates(RegisterHistory history)
    {
        var shown = history.Chain.Values.Select(entry => entry.RequestId).ToHashSet();
        var candidates = history.Requests
            .Where(request => request.Value.MayHaveEffect && !shown.Contains(request.Key))
            .Select(request => (request.Value.Change, Above: Math.Max(request.Value.RefusedThrough, history.Knowledge.VersionBefore(request.Value.EffectiveFrom))))
            .ToList();
        Count = candidates.Count;
        foreach (var (change, above) in candidates)
        {
            if (change.ExpectedVersion is { } expected && above <= expected)
                (change.Kind == OperationKind.Delete ? _expectedTombstones : _expectedValues).Add(expected + 1);
        }

        _sets = Floors(OperationKind.Set, OperationKind.Add);
        _decides = Floors(OperationKind.Decide);
        _deletes = Floors(OperationKind.Delete);

        List<long> Floors(params OperationKind[] kinds) =>
            [.. candidates.Where(candidate => kinds.Contains(candidate.Change.Kind) && candidate.Change.ExpectedVersion is null).Select(candidate => candidate.Above).Order()];
    }

    /// <summary>The number of candidates.</summary>
    public int Count { get; }

    /// <summary>Whether a request that expects the previous version may have written a value at this version.</summary>
    public bool IsExpectedValue(long version) => _expectedValues.Contains(version);

    /// <summary>Whether a request that expects the previous version may have written a tombstone at this version.</summary>
    public bool IsExpectedTombstone(long version) => _expectedTombstones.Contains(version);

    /// <summary>How many sets and additions may have written a value at this version.</summary>
    public int SetsFor(long version) => CountBelow(_sets, version);

    public int DecidesFor(long version) => CountBelow(_decides, version);

    public int DeletesFor(long version) => CountBelow(_deletes, version);

    private static int CountBelow(List<long> floors, long version)
    {
        var index = floors.BinarySearch(version);
        if (index < 0)
            return ~index;
        while (index > 0 && floors[index - 1] == version)
            index--;
        return index;
    }
}
