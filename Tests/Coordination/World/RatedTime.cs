namespace Orleans.Paxos.Tests.Coordination.World;

/// <summary>A clock that runs faster or slower than another.</summary>
internal sealed class RatedTime(TimeProvider time, double rate, TimeSpan wallClockError = default) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => (long)(time.GetTimestamp() * rate);

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + wallClockError;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.FromMilliseconds(Math.Ceiling(dueTime.TotalMilliseconds / rate)), period);
}
