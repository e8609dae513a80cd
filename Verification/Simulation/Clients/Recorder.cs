using System.Text;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>Records the calls of clients and their answers.</summary>
internal sealed class Recorder(Parts parts)
{
    private readonly List<Operation> _operations = [];
    private readonly List<Listing> _listings = [];
    private long _moment;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The pages of names that clients were shown.</summary>
    public IReadOnlyList<Listing> Listings => _listings;

    /// <summary>Failures that must never happen, whatever the order of operations, such as an exception that no contract names.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>Operations that failed although the faults were over.</summary>
    public List<string> Stuck { get; } = [];

    /// <summary>Gets a moment that is later than all previous ones.</summary>
    public long Now() => ++_moment;

    public void Add(Operation operation) => _operations.Add(operation);

    /// <summary>Records a call that has no answer yet, and perhaps never will because its process may die.</summary>
    /// <returns>Its place.</returns>
    public int Begin(Operation operation)
    {
        _operations.Add(operation);
        return _operations.Count - 1;
    }

    /// <summary>Records the answer to a call.</summary>
    public void End(int place, Operation operation) => _operations[place] = operation;

    public void Add(Listing listing) => _listings.Add(listing);

    /// <summary>Records what a watcher of a register was given.</summary>
    /// <param name="client">The watcher's number.</param>
    /// <param name="register">The register.</param>
    /// <param name="after">The last version that it had.</param>
    /// <param name="waitsSince">The moment from which on it waited.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="compactedThrough">The last version that it was told is gone; 0 for none.</param>
    /// <returns>The moment at which it was given them.</returns>
    public long AddWatched(int client, string register, long after, long waitsSince, IEnumerable<RegisterEntry> entries, long compactedThrough)
    {
        var now = Now();
        Add(new Operation
        {
            Client = client,
            Register = register,
            Kind = OperationKind.Watch,
            After = after,
            Invoked = waitsSince,
            Returned = now,
            Answer = Answer.Seen,
            Entries = Shown(entries),
            CompactedThrough = compactedThrough,
        });
        return now;
    }

    /// <summary>What the outcome of a change shows.</summary>
    public ImmutableArray<Observed> Told(Operation asked, ChangeOutcome outcome) =>
        outcome is { Entry: null, WrittenVersion: { } version } ? [asked.WrittenAs(version)] : Shown(outcome.Entry);

    public ImmutableArray<Observed> Shown(RegisterEntry? entry) => entry is null ? [] : Shown([entry]);

    public ImmutableArray<Observed> Shown(IEnumerable<RegisterEntry> entries) => [.. entries.Select(AsObserved)];

    private Observed AsObserved(RegisterEntry entry) =>
        new(entry.Version, parts.Original(entry.RequestId), entry.Deleted, Encoding.UTF8.GetString(entry.Value)) { Guard = entry.Guard };
}
