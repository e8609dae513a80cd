namespace Orleans.Paxos;

/// <summary>What a read guarantees.</summary>
public enum ReadConsistency
{
    /// <summary>The entry is at least as new as everything acknowledged before the read began (invariant I7).</summary>
    Linearizable = 0,

    /// <summary>
    /// The entry was chosen, but may be older than the newest one. Once the learner has a copy, the read sends no message to an acceptor.
    /// </summary>
    Stale = 1,
}
