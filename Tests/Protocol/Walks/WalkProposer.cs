using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>What one proposer of a walk remembers between its steps.</summary>
/// <param name="ballots">Its ballots.</param>
internal sealed class WalkProposer(BallotSource ballots)
{
    private int _attempt;

    public BallotSource Ballots => ballots;

    /// <summary>The changes it is to make; empty when it has made them.</summary>
    public ImmutableArray<ChangeRequest> Changes { get; set; } = [];

    /// <summary>The newest version that was known to be chosen when it was given them.</summary>
    public long Least { get; set; }

    /// <summary>Whether a state with them was sent: then their outcome is unknown until it is decided.</summary>
    public bool Sent { get; set; }

    /// <summary>The highest ballot it has seen.</summary>
    public Ballot Seen { get; private set; }

    public bool IsBusy { get; private set; }

    public void Saw(Ballot ballot) => Seen = Ballot.Max(Seen, ballot);

    /// <summary>Begins an attempt. Answers to earlier ones come too late from now on.</summary>
    public void Begin()
    {
        _attempt++;
        IsBusy = true;
    }

    /// <summary>All its changes have their outcome.</summary>
    public void End() => (Changes, Sent, IsBusy) = ([], false, false);

    /// <summary>Tells whether the attempt of this moment is still the one under way.</summary>
    public Func<bool> IsWaiting()
    {
        var attempt = _attempt;
        return () => IsBusy && attempt == _attempt;
    }
}
