using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>The acceptors of the set as this silo sees them.</summary>
internal sealed class AcceptorPeers
{
    /// <summary>The grace for others is that part of the time for which a round waits for an acceptor.</summary>
    private const int GraceIsShorterBy = 10;

    private int _turn;

    public AcceptorPeers(AcceptorSet set, Func<string, IAcceptor> reach, TimeSpan silenceLimit, TimeProvider clock)
    {
        Set = set;
        Clock = clock;
        GraceForOthers = (silenceLimit / GraceIsShorterBy).RoundedUp();
        Quorums = new Quorums(set.Names.Length);
        All = set.Names.Select(name => new AcceptorPeer(name, reach(name), silenceLimit, GraceForOthers, clock)).ToArray();
    }

    public AcceptorSet Set { get; }

    /// <summary>The clock that times the acceptors' answers.</summary>
    public TimeProvider Clock { get; }

    /// <summary>About how long to wait for the others once a majority has answered without a decision: one of them may hang.</summary>
    public TimeSpan GraceForOthers { get; }

    public Quorums Quorums { get; }

    public IReadOnlyList<AcceptorPeer> All { get; }

    /// <summary>Whether enough acceptors answer to make a majority likely.</summary>
    public bool MajorityAnswers => All.Count(static peer => peer.IsAnswering) >= Set.Majority;

    /// <summary>Whether every acceptor answered when it was last asked.</summary>
    public bool AllAnswer => All.All(static peer => peer.HasAnswered);

    /// <summary>Returns the acceptors to ask now: all except those that are skipped, but at least a majority.</summary>
    public IReadOnlyList<AcceptorPeer> ToAsk()
    {
        var asked = All;
        for (var index = 0; index < All.Count; index++)
        {
            if (All[index].IsSkipped)
                asked = [.. asked.Where(peer => peer != All[index])];
        }

        if (asked.Count == All.Count || asked.Count < Set.Majority)
            return All;
        foreach (var skipped in All.Except(asked))
            skipped.Miss();
        return asked;
    }

    /// <summary>Returns one of the asked acceptors, a different one each time.</summary>
    public AcceptorPeer InTurn(IReadOnlyList<AcceptorPeer> asked) =>
        asked[(int)((uint)Interlocked.Increment(ref _turn) % (uint)asked.Count)];
}
