using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>The rules by which a set changes. By default they are the production's; a control plants a fault in one of them.</summary>
internal sealed record SetChangeRules
{
    /// <summary>Who has to agree.</summary>
    public Func<Voters, Voters> VotersOf { get; init; } = static voters => voters;

    /// <summary>Whether acceptors that have accepted a state under a ballot choose it.</summary>
    public Func<Voters, Ballot, ulong, bool> Chooses { get; init; } = static (voters, ballot, acceptors) => voters.Chooses(ballot, acceptors);

    /// <summary>Whether an acceptor refuses messages of the sets before its own.</summary>
    public bool Seals { get; init; } = true;

    /// <summary>Whether registers are carried over.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>Whether the sweep also lists at acceptors that have not taken over the joint set.</summary>
    public bool ListsUnsealed { get; init; }

    /// <summary>The step in whose set an acceptor that leaves may be wiped, once enough acceptors have taken that set over.</summary>
    public SetStep WipedIn { get; init; } = SetStep.After;

    /// <summary>Whether an acceptor that is wiped goes on to answer in the set that it had.</summary>
    public bool WipedVotes { get; init; }

    /// <summary>Whether a joint set has an initial round.</summary>
    public bool InitialRoundInJoint { get; init; }
}
