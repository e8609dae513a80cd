using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>What a proposer remembers between the attempts of one proposal.</summary>
internal sealed class Proposal(ProposeRequest request, long startedAt, PeerSet peers)
{
    public ProposeRequest Request => request;

    public long StartedAt => startedAt;

    /// <summary>The acceptors that the attempt under way goes to.</summary>
    public PeerSet Peers { get; set; } = peers;

    /// <summary>The epoch of their set, in which the attempt's ballots are.</summary>
    public long Epoch => Peers.Set.Epoch;

    /// <summary>The number of earlier attempts that started with phase 1.</summary>
    public int Attempt { get; set; }

    /// <summary>The highest ballot seen. The next ballot is above it. Setting it takes the maximum and never lowers it.</summary>
    public Ballot Seen
    {
        get;
        set => field = Ballot.Max(field, value);
    } = request.Above;

    /// <summary>Whether a state was sent to any acceptor. From then on, the changes may happen whatever the answers are.</summary>
    public bool Sent { get; set; }

    /// <summary>The last round of messages; null before the first.</summary>
    public IVotes? LastRound { get; set; }

    /// <summary>The acceptors that answered in the last round.</summary>
    public ImmutableArray<string> Answered => LastRound?.Answered ?? [];

    /// <summary>Whether a majority answered in the last round.</summary>
    public bool MajorityAnswered => LastRound is { MajorityAnswered: true };

    /// <summary>Whether the register may be new, because no copy of any of the changes can have found it written.</summary>
    public bool MayBeFirst => request.Prepared is null && request.Changes.Length > 0 && request.Changes.All(static change => change.Floor == 0);

    /// <summary>Judges the changes on a state.</summary>
    public Judgement Judge(RegisterState basis, bool basisChosen, HistoryLimits limits) =>
        ChangeRules.Judge(basis, basisChosen, request.Changes, limits);

    /// <summary>Ends the proposal with outcomes that were judged on a chosen state.</summary>
    public ProposeResult Decided(Judgement judgement, ChosenState chosen, PreparedRound? next) =>
        new(ProposeStatus.Decided, judgement.Outcomes, chosen, next, []);

    /// <summary>Ends the proposal without outcomes. It is unknown if a state was sent, and unavailable otherwise.</summary>
    public ProposeResult Undecided() => new(Sent ? ProposeStatus.Unknown : ProposeStatus.Unavailable, [], null, null, Answered);
}
