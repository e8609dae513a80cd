using System.Text;

namespace Orleans.Paxos.Verification;

/// <summary>Writes down what clients asked and were told.</summary>
internal sealed class Recorder
{
    private readonly List<Operation> _operations = [];
    private long _moment;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>What must never happen and is not a matter of order, such as an exception that no contract names.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>A moment after all those given out before.</summary>
    public long Now() => ++_moment;

    public void Add(Operation operation) => _operations.Add(operation);

    public static ImmutableArray<Observed> Shown(RegisterEntry? entry) => entry is null ? [] : [Shown_(entry)];

    public static ImmutableArray<Observed> Shown(IEnumerable<RegisterEntry> entries) => [.. entries.Select(Shown_)];

    private static Observed Shown_(RegisterEntry entry) =>
        new(entry.Version, entry.RequestId, entry.Deleted, Encoding.UTF8.GetString(entry.Value));
}
