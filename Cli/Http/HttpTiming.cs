namespace Orleans.Paxos.Cli.Http;

/// <summary>The timeouts and the clock of the HTTP client.</summary>
/// <param name="Time">The clock.</param>
/// <param name="RequestTimeout">How long to wait for a response before the request counts as unanswered.</param>
internal sealed record HttpTiming(TimeProvider Time, TimeSpan RequestTimeout)
{
    /// <summary>How long a watch waits before it reconnects.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a watch may receive nothing before its connection counts as dead. A silo sends a comment every 15 seconds.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);
}
