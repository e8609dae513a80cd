namespace Orleans.Paxos.Cli.Connections;

/// <summary>How long a command waits for what it wants, from now on.</summary>
/// <param name="time">The clock.</param>
/// <param name="longest">How long; null for as long as it takes.</param>
internal sealed class WaitTime(TimeProvider time, TimeSpan? longest)
{
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>What is left of it, which is never negative; null for as long as it takes.</summary>
    public TimeSpan? Left => longest is not { } limit ? null
        : limit - time.GetElapsedTime(_startedAt) is { Ticks: > 0 } left ? left
        : TimeSpan.Zero;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Left == TimeSpan.Zero;
}
