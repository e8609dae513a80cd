namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// The clock of one machine, which runs faster or slower than those of others. Its timers fire on the machine, and its wall clock may jump; its
/// timestamps only grow.
/// </summary>
internal sealed class MachineClock(Machine machine, Schedule schedule, ClockRate rate) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The error of the wall clock.</summary>
    public TimeSpan UtcOffset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => rate.Shown(schedule.AskedForTime());

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(rate.Shown(schedule.Now)) + UtcOffset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(MachineClock clock, Action fire) : ITimer
    {
        private long _generation;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
                throw new NotSupportedException("Periodic timers are not simulated.");
            var generation = ++_generation;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.Fire(dueTime, () => Fire(generation));
            return true;
        }

        public void Dispose() => _generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(long generation)
        {
            if (generation == _generation)
                fire();
        }
    }

    private void Fire(TimeSpan dueTime, Action fire) => schedule.After(rate.Lasting(dueTime), () => machine.PostCallback(fire));
}
