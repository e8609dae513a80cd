namespace Orleans.Paxos;

/// <summary>What a read promises.</summary>
public enum ReadConsistency
{
    /// <summary>The entry is at least as new as everything acknowledged before the read began (invariant I7).</summary>
    Linearizable = 0,

    /// <summary>The entry was chosen, and may be older than the newest; costs no message to an acceptor once the learner has a copy.</summary>
    Stale = 1,
}
