namespace Orleans.Paxos;

/// <summary>When the client library goes another way.</summary>
public sealed class PaxosClientOptions
{
    /// <summary>How often each gateway is pinged. 100 ms by default, at least 10 ms.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A gateway without an answer for this long is taken for hung and not used until it answers. 350 ms by default.</summary>
    public TimeSpan HungAfter { get; set; } = TimeSpan.FromMilliseconds(350);

    /// <summary>
    /// A call without an answer for this long is sent a second way, with the same request id, unless the register's grain has
    /// given a sign of life in the last half of that time. 300 ms by default.
    /// </summary>
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A call without an answer for this long ends as unknown (changes) or unavailable (reads). 10 s by default.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how many registers the last version seen is remembered as the next request's floor. 100,000 by default; with 0 every
    /// change first reads the learner's copy.
    /// </summary>
    public int FloorCacheEntries { get; set; } = 100_000;
}
