using Microsoft.Extensions.Time.Testing;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>
/// A fake clock that advances from timer to timer. <see cref="FakeTimeProvider"/> advances by a length of time and does not
/// tell whether and when the next timer is due; a test whose code waits for something else must not advance the clock.
/// This clock also fails a test that reads the time endlessly, which would hang a single thread.
/// </summary>
internal sealed class VirtualTime : FakeTimeProvider
{
    private const int MostQuestionsAtOneTime = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<TrackedTimer> _timers = [];
    private int _questions;

    /// <summary>The time since the start.</summary>
    public TimeSpan Now => GetUtcNow() - Start;

    /// <summary>The time until the next timer; null when there is no timer.</summary>
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

    /// <summary>Advances to the next timer and fires all timers that are due then.</summary>
    /// <returns>False when there is no timer.</returns>
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
