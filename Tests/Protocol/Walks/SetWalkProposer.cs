using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>What one proposer of a walk through changes of the set remembers between its steps.</summary>
/// <param name="ballots">Its ballots.</param>
/// <param name="first">The set that it knows at first.</param>
internal sealed class SetWalkProposer(BallotSource ballots, AcceptorSet first)
{
    private int _attempt;

    public BallotSource Ballots => ballots;

    /// <summary>The set of the attempt that is under way.</summary>
    public AcceptorSet Set { get; private set; } = first;

    /// <summary>The change it is to make; null when it has made it.</summary>
    public ChangeRequest? Change { get; set; }

    /// <summary>The newest version that was known to be chosen when it was given the change.</summary>
    public long Least { get; set; }

    /// <summary>A round that a majority has promised.</summary>
    public PreparedRound? Prepared { get; set; }

    /// <summary>The highest ballot it has seen.</summary>
    public Ballot Seen { get; private set; }

    public bool IsBusy { get; private set; }

    public void Saw(Ballot ballot) => Seen = Ballot.Max(Seen, ballot);

    /// <summary>Begins an attempt in a set. Answers to earlier ones come too late from now on.</summary>
    public void Begin(AcceptorSet set)
    {
        _attempt++;
        (IsBusy, Set) = (true, set);
    }

    /// <summary>Goes on with a later set, in another attempt.</summary>
    public void Learn(AcceptorSet set)
    {
        if (!set.Succeeds(Set.Id))
            return;
        _attempt++;
        (IsBusy, Set) = (false, set);
    }

    /// <summary>The change has its outcome.</summary>
    public void End() => (Change, IsBusy) = (null, false);

    /// <summary>Tells whether the attempt of this moment is still the one under way.</summary>
    public Func<bool> IsWaiting()
    {
        var attempt = _attempt;
        return () => IsBusy && attempt == _attempt;
    }
}
