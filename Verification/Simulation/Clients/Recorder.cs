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

    public void Add(Listing listing) => _listings.Add(listing);

    public ImmutableArray<Observed> Shown(RegisterEntry? entry) => entry is null ? [] : Shown([entry]);

    public ImmutableArray<Observed> Shown(IEnumerable<RegisterEntry> entries) => [.. entries.Select(AsObserved)];

    private Observed AsObserved(RegisterEntry entry) =>
        new(entry.Version, parts.Original(entry.RequestId), entry.Deleted, Encoding.UTF8.GetString(entry.Value));
}
