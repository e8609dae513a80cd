namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>Everything known about one register: the calls, and the entry at each version.</summary>
internal sealed class RegisterHistory
{
    private readonly SortedDictionary<long, Observed> _chain = [];

    /// <summary>Combines the answers.</summary>
    /// <param name="operations">All calls on the register.</param>
    /// <param name="findings">Receives contradictions between the answers.</param>
    public RegisterHistory(IReadOnlyList<Operation> operations, Findings findings)
    {
        Operations = operations;
        Knowledge = new Knowledge(operations);
        Requests = operations.Where(operation => operation.IsChange)
            .GroupBy(operation => operation.RequestId)
            .ToDictionary(calls => calls.Key, calls => new Request([.. calls.OrderBy(call => call.Invoked)]));
        foreach (var operation in operations.Where(operation => operation.IsAnswered))
        {
            findings.Steps += 1 + operation.Entries.Length;
            LastVersion = Math.Max(LastVersion, operation.ShownVersion);
            foreach (var entry in operation.Entries)
            {
                if (_chain.TryAdd(entry.Version, entry))
                    continue;
                if (_chain[entry.Version].Contradicts(entry))
                    ReportFork(_chain[entry.Version], entry, operation, findings);
                else if (_chain[entry.Version].IsTold)
                    _chain[entry.Version] = entry;
            }
        }
    }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The changes, by request id.</summary>
    public IReadOnlyDictionary<Guid, Request> Requests { get; }

    /// <summary>The entries that a client saw, by version.</summary>
    public IReadOnlyDictionary<long, Observed> Chain => _chain;

    /// <summary>What clients knew at each moment.</summary>
    public Knowledge Knowledge { get; }

    /// <summary>The highest version that any client saw or was told of.</summary>
    public long LastVersion { get; }

    /// <summary>Gets the request that wrote a version; null when no client saw the version. Call it only after AuthorRules has found every author.</summary>
    public Request? WriterOf(long version) => _chain.TryGetValue(version, out var entry) ? Requests[entry.RequestId] : null;

    /// <summary>Whether the register had a value at a version; null when no client saw the version.</summary>
    public bool? ExistsAt(long version) =>
        version == 0 ? false : _chain.TryGetValue(version, out var entry) ? !entry.Deleted : null;

    /// <summary>What is known of a version.</summary>
    public Standing StandingAt(long version) =>
        version == 0 ? Standing.Blank : _chain.TryGetValue(version, out var entry) ? Standing.Of(entry) : Standing.Unseen(version, exists: null);

    /// <summary>The number that is added to after a version; null if it is not known, or if there is none.</summary>
    public long? NumberAt(long version) => version == 0 ? 0
        : !_chain.TryGetValue(version, out var entry) ? null
        : entry.Deleted ? 0
        : entry.IsTold ? null
        : entry.ReadNumber();

    private void ReportFork(Observed first, Observed second, Operation shownSecond, Findings findings)
    {
        var kind = (Winner(first), Winner(second)) switch
        {
            ({ } one, { } other) when one == other => ViolationKind.Fork,
            ({ Change.ExpectedVersion: { } one }, { Change.ExpectedVersion: var other }) when one == other => ViolationKind.TwoWinners,
            ({ }, { }) => ViolationKind.LostUpdate,
            _ => ViolationKind.Fork,
        };
        findings.Add(kind, $"version {first.Version} is both {first.Describe()} and {second.Describe()}; the latter {shownSecond.Describe()}.");
    }

    /// <summary>Gets the request of an entry if its answer says that it wrote this version.</summary>
    private Request? Winner(Observed entry) =>
        Requests.GetValueOrDefault(entry.RequestId) is { } request
        && request.Calls.Any(call => call.Answer == Answer.Applied && call.ShownVersion == entry.Version)
            ? request
            : null;
}
