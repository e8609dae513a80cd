namespace Orleans.Paxos;

/// <summary>The acceptors of the set as this silo sees them.</summary>
internal sealed class AcceptorPeers
{
    private int _turn;

    public AcceptorPeers(AcceptorSet set, Func<string, IAcceptorGrain> reach, TimeSpan silenceLimit, TimeProvider clock)
    {
        Set = set;
        All = [.. set.Names.Select(name => new AcceptorPeer(name, reach(name), silenceLimit, clock))];
    }

    public AcceptorSet Set { get; }

    public ImmutableArray<AcceptorPeer> All { get; }

    /// <summary>Whether enough acceptors answer to make a majority likely.</summary>
    public bool MajorityAnswers => All.Count(peer => peer.IsAnswering) >= Set.Majority;

    /// <summary>The acceptors to ask now: all, less those that are skipped, but never fewer than a majority.</summary>
    public IReadOnlyList<AcceptorPeer> ToAsk()
    {
        var asked = All.Where(peer => !peer.IsSkipped).ToList();
        return asked.Count >= Set.Majority ? asked : All;
    }

    /// <summary>The acceptors to ask, starting with another one each time.</summary>
    public IReadOnlyList<AcceptorPeer> ToAskInTurn()
    {
        var asked = ToAsk();
        var first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)asked.Count);
        return [.. asked.Skip(first), .. asked.Take(first)];
    }
}
