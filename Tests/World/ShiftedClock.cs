namespace Orleans.Paxos.Tests.World;

/// <summary>The system's clock, which a test sets forward.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _by;

    public void Advance(TimeSpan by) => _by += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _by;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_by.TotalSeconds * TimestampFrequency);
}
