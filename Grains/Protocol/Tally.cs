namespace Orleans.Paxos.Protocol;

/// <summary>Where a vote stands.</summary>
internal enum QuorumVerdict
{
    /// <summary>Votes that are still out can decide it.</summary>
    Pending,

    /// <summary>Enough said yes.</summary>
    Won,

    /// <summary>Not enough can say yes any more.</summary>
    Lost,
}

/// <summary>Counts a vote among a fixed number of acceptors.</summary>
internal static class Tally
{
    /// <summary>Where a vote stands.</summary>
    /// <param name="acceptors">How many acceptors there are.</param>
    /// <param name="needed">How many have to say yes.</param>
    /// <param name="yes">How many said yes.</param>
    /// <param name="no">How many said no, failed, or were not asked.</param>
    public static QuorumVerdict Count(int acceptors, int needed, int yes, int no)
    {
        if (yes >= needed)
            return QuorumVerdict.Won;
        return acceptors - no < needed ? QuorumVerdict.Lost : QuorumVerdict.Pending;
    }
}
