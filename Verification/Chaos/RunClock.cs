namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Time since the run began, and the order of what its clients do.</summary>
/// <param name="time">The clock.</param>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _moment;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>A number that grows with each call: what happened before another has the lower one.</summary>
    public long NextMoment() => Interlocked.Increment(ref _moment);

    public Task DelayAsync(TimeSpan length, CancellationToken cancellationToken) => Task.Delay(length, time, cancellationToken);

    /// <summary>A source that is cancelled after a time.</summary>
    public CancellationTokenSource Patience(TimeSpan length) => new(length, time);
}
