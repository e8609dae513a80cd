using Microsoft.Extensions.Time.Testing;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>
/// A fake clock that moves from one timer to the next. <see cref="FakeTimeProvider"/> is moved by a length of time and does not
/// tell when its next timer is due, nor whether there is one; a test whose code waits for something else must not move it then.
/// It also fails a test that asks for the time without end, which on one thread would hang.
/// </summary>
internal sealed class VirtualTime : FakeTimeProvider
{
    private const int MostQuestionsAtOneTime = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<TrackedTimer> _timers = [];
    private int _questions;

    /// <summary>The time since the start.</summary>
    public TimeSpan Now => GetUtcNow() - Start;

    /// <summary>How far away the next timer is; null when none is set.</summary>
    public TimeSpan? NextIn
    {
        get
        {
            lock (_lock)
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.DueAt) - Now;
        }
    }

    public override long GetTimestamp()
    {
        Assert.True(Interlocked.Increment(ref _questions) < MostQuestionsAtOneTime, "Something waits for the clock in a busy loop.");
        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.True(period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero, "Periodic timers are not tracked.");
        var timer = new TrackedTimer(this, callback, state, base.CreateTimer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the timer that is due next, and fires it and others that are due then.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool TryAdvance()
    {
        if (NextIn is not { } next)
            return false;
        Interlocked.Exchange(ref _questions, 0);
        Advance(next);
        return true;
    }

    private void Track(TrackedTimer timer, bool isSet)
    {
        lock (_lock)
            _ = isSet ? _timers.Add(timer) : _timers.Remove(timer);
    }

    private sealed class TrackedTimer : ITimer
    {
        private readonly VirtualTime _time;
        private readonly ITimer _timer;

        public TrackedTimer(VirtualTime time, TimerCallback callback, object? state, Func<TimerCallback, object?, TimeSpan, TimeSpan, ITimer> create)
        {
            _time = time;
            _timer = create(Fire, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            void Fire(object? nothing)
            {
                time.Track(this, isSet: false);
                callback(state);
            }
        }

        public TimeSpan DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = _time.Now + dueTime;
            _time.Track(this, isSet: dueTime != Timeout.InfiniteTimeSpan);
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            _time.Track(this, isSet: false);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
