namespace Orleans.Paxos.Tests.World;

/// <summary>A clock that moves when it is told to, and fires timers, periodic ones too, on its way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return Start + _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        var until = new TimeSpan(GetTimestamp()) + time;
        while (NextDue(until) is { } due)
            due.Fire();
        lock (_lock)
            _now = until;
    }

    private Timer? NextDue(TimeSpan until)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            if (next is null)
                return null;
            _now = next.DueAt;
            next.DueAt = next.Period > TimeSpan.Zero ? _now + next.Period : TimeSpan.MaxValue;
            return next;
        }
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                    time._timers.Add(this);
                (DueAt, Period) = (time._now + dueTime, period);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
