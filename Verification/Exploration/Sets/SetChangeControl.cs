namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>A negative control of set changes: one rule is broken on purpose, and the exploration must detect it.</summary>
/// <param name="Name">The name on the command line, which is the same as in the simulation if it is there.</param>
/// <param name="What">What is broken.</param>
/// <param name="Rules">The broken rules.</param>
internal sealed record SetChangeControl(string Name, string What, SetChangeRules Rules)
{
    /// <summary>The change in which it is looked for.</summary>
    public SetChange Change { get; private init; } = SetChange.Exchange;

    public static ImmutableArray<SetChangeControl> All { get; } =
    [
        new("no-sweep", "a change of the acceptor set that carries no register over", new() { Sweeps = false }),
        new("majority-before-only", "a joint set in which a majority of the acceptors before the change is enough", new()
        {
            VotersOf = static voters => voters.IsJoint ? voters with { Members = voters.Former } : voters,
        }),
        new("majority-after-only", "a joint set in which a majority of the acceptors after the change is enough", new() { VotersOf = static voters => voters with { Former = 0 } }),
        new("epoch-not-sealed", "acceptors that answer messages of the set before their own", new() { Seals = false }),
        new("listed-unsealed", "a sweep that lists at acceptors that have not taken over the joint set", new() { ListsUnsealed = true }),
        new("wiped-early", "storage wiped when the joint set is taken over", new() { WipedIn = SetStep.Joint }),
        new("wiped-votes", "storage wiped when the change is over, whose acceptor answers in the set that it had", new() { WipedVotes = true }),
        new("initial-round-in-joint", "an initial round in the joint epoch, with a fast quorum of the acceptors after the change", new()
        {
            InitialRoundInJoint = true,
            Chooses = static (voters, ballot, acceptors) => voters.Chooses(ballot, acceptors) || (ballot.IsInitial && (voters with { Former = 0 }).Chooses(ballot, acceptors)),
        })
        {
            Change = SetChange.Move,
        },
    ];

    public static SetChangeControl? Find(string name) => All.FirstOrDefault(control => control.Name == name);
}
