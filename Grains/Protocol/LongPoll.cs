namespace Orleans.Paxos.Protocol;

/// <summary>Bounds calls that wait for something new.</summary>
internal static class LongPoll
{
    /// <summary>How long such a call waits at most.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a caller that would wait so long.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
