using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>What a proposer remembers from one attempt to the next of one proposal.</summary>
internal sealed class Proposal(ProposeRequest request, long startedAt)
{
    public ProposeRequest Request => request;

    public long StartedAt => startedAt;

    /// <summary>How many attempts from phase 1 came before this one.</summary>
    public int Attempt { get; set; }

    /// <summary>The highest ballot seen; the next one goes above it (the maximum, never an assignment of a lower one).</summary>
    public Ballot Seen
    {
        get;
        set => field = Ballot.Max(field, value);
    }

    /// <summary>Whether a state was sent to any acceptor: from then on the changes may happen whatever is heard.</summary>
    public bool Sent { get; set; }

    /// <summary>The last round of messages; null before the first.</summary>
    public IVotes? LastRound { get; set; }

    /// <summary>The acceptors that answered in the last round.</summary>
    public ImmutableArray<string> Answered => LastRound?.Answered ?? [];

    /// <summary>Whether no copy of any of the changes can have found the register written: then it may be new.</summary>
    public bool MayBeFirst => request.Prepared is null && request.Changes.Length > 0 && request.Changes.All(static change => change.Floor == 0);

    /// <summary>Judges the changes on a state.</summary>
    public Judgement Judge(RegisterState basis, bool basisChosen, HistoryLimits limits) =>
        ChangeRules.Judge(basis, basisChosen, request.Changes, limits);

    /// <summary>Ends the proposal with outcomes judged on a state that is chosen.</summary>
    public ProposeResult Decided(Judgement judgement, ChosenState chosen, PreparedRound? next) =>
        new(ProposeStatus.Decided, judgement.Outcomes, chosen, next, []);

    /// <summary>Ends the proposal without outcomes: unknown once a state was sent.</summary>
    public ProposeResult Undecided() => new(Sent ? ProposeStatus.Unknown : ProposeStatus.Unavailable, [], null, null, Answered);
}
