namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Measures the time since the run began, and orders the actions of its clients.</summary>
/// <param name="time">The clock.</param>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _moment;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Gets a number that grows with each call. What happens earlier has a lower number.</summary>
    public long NextMoment() => Interlocked.Increment(ref _moment);

    public Task DelayAsync(TimeSpan length, CancellationToken cancellationToken) => Task.Delay(length, time, cancellationToken);

    /// <summary>Creates a source that is canceled after a time.</summary>
    public CancellationTokenSource Patience(TimeSpan length) => new(length, time);
}
