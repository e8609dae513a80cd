namespace Orleans.Paxos.Verification.Exploration.Controls;

/// <summary>One rule broken on purpose, which the exploration must find out.</summary>
/// <param name="Name">Its name on the command line, the same as in the simulation.</param>
/// <param name="What">What is broken.</param>
/// <param name="Rules">The broken rules.</param>
/// <param name="Watched">
/// Which invariants are watched for: what clients would suffer from, where that comes of it, and not already what is broken by the
/// control itself.
/// </param>
internal sealed record ExplorationControl(string Name, string What, SmallWorldRules Rules, IReadOnlySet<string> Watched)
{
    private static readonly HashSet<string> Harm = ["Agreement", "I5", "I6"];
    private static readonly HashSet<string> BallotsOnly = ["I1"];

    public static ImmutableArray<ExplorationControl> All { get; } =
    [
        new("small-quorum", "a quorum of one less than a majority", new SmallQuorumRules(), Harm),
        new("initial-round-by-majority", "a state of the initial round taken for chosen when a majority accepted it", new InitialRoundByMajorityRules(), Harm),
        new("reply-before-persist", "an answer that leaves before it is durable", new ReplyBeforePersistRules(), Harm),
        new("promise-not-persisted", "a promise not persisted", new PromiseNotPersistedRules(), Harm),
        new("accepted-state-ignored", "a phase 2 that ignores the accepted state", new AcceptedStateIgnoredRules(), Harm),
        new("ballots-reused", "ballots reused after a restart", new BallotsReusedRules(), BallotsOnly),
        new("fast-forward-assigns", "a fast-forward that assigns instead of taking the highest", new FastForwardAssignsRules(), BallotsOnly),
    ];

    public static ExplorationControl? Find(string name) => All.FirstOrDefault(control => control.Name == name);
}
