namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>A clock that stands still until it is moved to the next timer.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MostQuestionsAtOneTime = 100_000;

    private readonly List<Timer> _timers = [];
    private TimeSpan _now;
    private int _questions;

    public TimeSpan Now => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Assert.True(++_questions < MostQuestionsAtOneTime, "Something waits for the clock in a busy loop.");
        return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => Start + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the timer that is due next, and fires it.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool TryAdvance()
    {
        if (_timers.MinBy(timer => timer.DueAt) is not { } next)
            return false;
        _now = next.DueAt > _now ? next.DueAt : _now;
        _timers.Remove(next);
        _questions = 0;
        next.Fire();
        return true;
    }

    private sealed class Timer(VirtualTime time, Action fire) : ITimer
    {
        public TimeSpan DueAt { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
                throw new NotSupportedException("Periodic timers are not needed.");
            time._timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            DueAt = time._now + dueTime;
            time._timers.Add(this);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
