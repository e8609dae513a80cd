using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>The rules that a walk through changes of the set goes by. By default they are the production's; a control plants a fault in one of them.</summary>
internal sealed record SetWalkRules
{
    /// <summary>Who has to agree.</summary>
    public Func<Voters, Voters> VotersOf { get; init; } = static voters => voters;

    /// <summary>Whether acceptances choose a state.</summary>
    public Func<Voters, Ballot, ulong, bool> Chooses { get; init; } = static (voters, ballot, acceptors) => voters.Chooses(ballot, acceptors);

    /// <summary>Whether an acceptor refuses messages of the sets before its own.</summary>
    public bool Seals { get; init; } = true;

    /// <summary>Whether registers are carried over.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>Whether the storage of those that leave is wiped before the set without them is decided.</summary>
    public bool WipesEarly { get; init; }

    /// <summary>Whether a joint set has an initial round.</summary>
    public bool InitialRoundInJoint { get; init; }

    /// <summary>A planted fault for each name.</summary>
    public static IReadOnlyDictionary<string, SetWalkRules> Broken { get; } = new Dictionary<string, SetWalkRules>
    {
        ["no sweep"] = new() { Sweeps = false },
        ["a majority of those before the change only"] = new() { VotersOf = static voters => voters.IsJoint ? voters with { Members = voters.Former } : voters },
        ["a majority of those after the change only"] = new() { VotersOf = static voters => voters with { Former = 0 } },
        ["an epoch that is not sealed"] = new() { Seals = false },
        ["storage wiped before the change is over"] = new() { WipesEarly = true },
        ["an initial round in the joint epoch"] = new()
        {
            InitialRoundInJoint = true,
            Chooses = static (voters, ballot, acceptors) => voters.Chooses(ballot, acceptors) || (ballot.IsInitial && (voters with { Former = 0 }).Chooses(ballot, acceptors)),
        },
    };
}
