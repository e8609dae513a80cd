namespace Orleans.Paxos.Verification.Exploration.Controls;

/// <summary>A negative control: one rule is broken on purpose, and the exploration must detect it.</summary>
/// <param name="Name">The name on the command line, which is the same as in the simulation if it is there.</param>
/// <param name="What">What is broken.</param>
/// <param name="Rules">The broken rules.</param>
/// <param name="Watched">
/// The invariants to check: those that clients would notice, if the broken rule affects any of them, and not the ones that
/// the control itself breaks.
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
        new("forgotten-by-some", "a register that is forgotten when only a majority has accepted its end", new ForgottenBySomeRules(), Harm),
        new("versions-begin-again", "a forgotten register whose versions begin again", new VersionsBeginAgainRules(), Harm),
        new("round-forgotten", "a watermark without the round that was promised", new RoundForgottenRules(), Harm),
        new("initial-round-after-forgetting", "an initial round in a bucket that has forgotten", new InitialRoundAfterForgettingRules(), Harm),
    ];

    public static ExplorationControl? Find(string name) => All.FirstOrDefault(control => control.Name == name);
}
