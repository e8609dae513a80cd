namespace Orleans.Paxos;

/// <summary>Options of the client library: when it sends a call another way, and when it gives up.</summary>
public sealed class PaxosClientOptions
{
    /// <summary>Gets or sets how often each gateway is pinged.</summary>
    /// <value>At least 10 milliseconds. The default value is 100 milliseconds.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets how long a gateway may leave pings unanswered. After that it counts as hung and is not used until it answers.</summary>
    /// <value>The default value is 350 milliseconds.</value>
    public TimeSpan HungAfter { get; set; } = TimeSpan.FromMilliseconds(350);

    /// <summary>
    /// Gets or sets how long a call waits for an answer before it is also sent another way, with the same request id. It is not sent
    /// again while the register's grain shows signs of life, which means that the grain has answered within the last half of this time.
    /// </summary>
    /// <value>The default value is 300 milliseconds.</value>
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Gets or sets how long a call waits for an answer before it ends: a change as unknown, a read as unavailable.</summary>
    /// <value>The default value is 10 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets for how many registers the client remembers the last version seen, which is the floor of the next request. With 0,
    /// every change first reads the learner's copy.
    /// </summary>
    /// <value>The default value is 100,000.</value>
    public int FloorCacheEntries { get; set; } = 100_000;

    /// <summary>
    /// Gets or sets by what share the rates of any two clocks of the cluster and its clients may differ. A session is lost to its owner that much before its
    /// time-to-live is over.
    /// </summary>
    /// <value>0 to 1. The default value is 0.05.</value>
    public double ClockRateTolerance { get; set; } = 0.05;
}
