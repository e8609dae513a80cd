namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>A change of the acceptor set.</summary>
/// <param name="Name">A description of it.</param>
/// <param name="Before">The acceptors before it.</param>
/// <param name="After">The acceptors after it.</param>
internal sealed record SetChange(string Name, ImmutableArray<string> Before, ImmutableArray<string> After)
{
    /// <summary>One of three acceptors is exchanged.</summary>
    public static SetChange Exchange { get; } = new("one of three is exchanged", ["a1", "a2", "a3"], ["a1", "a2", "a4"]);

    /// <summary>The only acceptor is exchanged, so the sets have none in common.</summary>
    public static SetChange Move { get; } = new("the only one is exchanged", ["a1"], ["a2"]);

    /// <summary>All changes that are explored.</summary>
    public static ImmutableArray<SetChange> All { get; } =
    [
        Exchange,
        new("one becomes three", ["a1"], ["a1", "a2", "a3"]),
        new("three become one", ["a1", "a2", "a3"], ["a1"]),
        Move,
    ];
}
