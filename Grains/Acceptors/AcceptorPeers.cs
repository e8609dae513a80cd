namespace Orleans.Paxos.Acceptors;

/// <summary>The acceptors as this silo sees them, and the set that it knows.</summary>
internal sealed class AcceptorPeers
{
    /// <summary>The grace for others is that part of the time for which a round waits for an acceptor.</summary>
    private const int GraceIsShorterBy = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AcceptorPeer> _peers = [];
    private readonly Func<string, IAcceptor> _reach;
    private volatile PeerSet _current;

    /// <summary>Creates the acceptors.</summary>
    /// <param name="first">The set of the settings, which is the first one.</param>
    /// <param name="reach">Reaches the acceptor of a name.</param>
    /// <param name="silenceLimit">How long an acceptor may be silent.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="runningSilos">The names of the silos that run; null if nobody knows.</param>
    public AcceptorPeers(
        AcceptorSet first, Func<string, IAcceptor> reach, TimeSpan silenceLimit, TimeProvider clock, Func<IReadOnlyList<string>>? runningSilos = null)
    {
        RunningSilos = runningSilos ?? (static () => []);
        (_reach, SilenceLimit, Clock, First) = (reach, silenceLimit, clock, first);
        GraceForOthers = (silenceLimit / GraceIsShorterBy).RoundedUp();
        _current = new PeerSet(first, this);
    }

    /// <summary>The set of the settings.</summary>
    public AcceptorSet First { get; }

    /// <summary>The latest set that is known.</summary>
    public PeerSet Current => _current;

    /// <summary>The clock that times the acceptors' answers.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The names of the silos that run. Each may have an acceptor, in the set or not.</summary>
    public Func<IReadOnlyList<string>> RunningSilos { get; }

    /// <summary>How long an acceptor may be silent.</summary>
    public TimeSpan SilenceLimit { get; }

    /// <summary>About how long to wait for the others once a majority has answered without a decision: one of them may hang.</summary>
    public TimeSpan GraceForOthers { get; }

    /// <summary>Takes over a set that was decided, if it came from the one that is known.</summary>
    public void Learn(AcceptorSet set)
    {
        PeerSet before;
        lock (_gate)
        {
            before = _current;
            if (set.Succeeds(before.Id))
                _current = new PeerSet(set, this);
        }

        if (_current != before)
            before.Replace();
    }

    /// <summary>The acceptor of a name, whether it is in the set or not.</summary>
    public AcceptorPeer PeerOf(string name)
    {
        lock (_gate)
        {
            if (!_peers.TryGetValue(name, out var peer))
                _peers.Add(name, peer = new AcceptorPeer(name, _reach(name), this));
            return peer;
        }
    }

    /// <summary>An acceptor has another set. Whoever is behind follows.</summary>
    public void Settle(AcceptorPeer peer, AcceptorSet its)
    {
        var own = _current.Set;
        if (own.Succeeds(its.Id))
            peer.Acceptor.FollowAsync(own).Abandon();
        else
            Learn(its);
    }
}
