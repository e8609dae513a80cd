namespace Orleans.Paxos.Protocol;

/// <summary>The state of a vote.</summary>
internal enum QuorumVerdict
{
    /// <summary>The outstanding votes can decide it.</summary>
    Pending,

    /// <summary>Enough acceptors said yes.</summary>
    Won,

    /// <summary>Not enough acceptors can still say yes.</summary>
    Lost,
}

/// <summary>Counts a vote among a fixed number of acceptors.</summary>
internal static class Tally
{
    /// <summary>Returns the state of a vote.</summary>
    /// <param name="acceptors">How many acceptors there are.</param>
    /// <param name="needed">How many must say yes.</param>
    /// <param name="yes">How many said yes.</param>
    /// <param name="no">How many said no, failed, or were not asked.</param>
    public static QuorumVerdict Count(int acceptors, int needed, int yes, int no)
    {
        if (yes >= needed)
            return QuorumVerdict.Won;
        return acceptors - no < needed ? QuorumVerdict.Lost : QuorumVerdict.Pending;
    }
}
