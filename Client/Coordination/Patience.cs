namespace Orleans.Paxos.Client.Coordination;

/// <summary>How long a caller waits.</summary>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long; null for as long as it takes.</param>
internal sealed class Patience(TimeProvider time, TimeSpan? timeout)
{
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => timeout is { } limit && time.GetElapsedTime(_startedAt) >= limit;

    /// <summary>A wait within what is left.</summary>
    public TimeSpan Of(TimeSpan longest)
    {
        if (timeout is not { } limit)
            return longest;
        var left = limit - time.GetElapsedTime(_startedAt);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < longest ? left : longest;
    }
}
