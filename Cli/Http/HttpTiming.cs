namespace Orleans.Paxos.Cli.Http;

/// <summary>How patient the HTTP client is, and by which clock.</summary>
/// <param name="Time">The clock.</param>
/// <param name="RequestTimeout">A request that gets no answer for this long counts as unanswered.</param>
internal sealed record HttpTiming(TimeProvider Time, TimeSpan RequestTimeout)
{
    /// <summary>How long a watch waits before it connects again.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A watch that gets no byte for this long is dead: a silo sends a comment every 15 seconds.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);
}
