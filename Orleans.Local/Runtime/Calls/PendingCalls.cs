namespace Orleans.Local;

/// <summary>
/// The calls of one silo or client that wait for an answer. A call without one for the response timeout is given up, at the latest a
/// sixteenth of the timeout later.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private const int TicksPerTimeout = 16;

    // Spread over several lists, so that threads that call at once rarely meet.
    private readonly Stripe[] _stripes;
    private readonly TimeSpan _timeout;
    private readonly Func<bool> _isRunning;
    private readonly ITimer? _timer;
    private int _tick;

    public PendingCalls(TimeSpan timeout, TimeProvider timeProvider, Func<bool> isRunning)
    {
        _timeout = timeout;
        _isRunning = isRunning;
        _stripes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Stripe())];
        var period = timeout / TicksPerTimeout;
        if (timeout > TimeSpan.Zero)
            _timer = timeProvider.CreateTimer(static state => ((PendingCalls)state!).Tick(), this, period, period);
    }

    public void Add(Call call) => _stripes[Environment.CurrentManagedThreadId % _stripes.Length].Add(call, Volatile.Read(ref _tick));

    /// <summary>Gives up all calls; more may come, and are given up by their timeout.</summary>
    public void GiveUpAll(Func<Call, Exception> reason)
    {
        foreach (var stripe in _stripes)
        {
            while (stripe.TakeOlderThan(int.MaxValue) is { } call)
                call.Abandon(reason(call));
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        // A paused silo's timers do not fire.
        if (!_isRunning())
            return;
        var oldest = Interlocked.Increment(ref _tick) - TicksPerTimeout;
        foreach (var stripe in _stripes)
        {
            while (stripe.TakeOlderThan(oldest) is { } call)
                call.Abandon(new TimeoutException($"No answer to the call {call} within {_timeout}. It may have run, or run yet."));
        }
    }

    /// <summary>A call's place in the list of its stripe, which is in the order of sending.</summary>
    public sealed class Place
    {
        internal Stripe? Stripe { get; set; }

        internal Call? Earlier { get; set; }

        internal Call? Later { get; set; }

        internal int SentAtTick { get; set; }

        public void Leave() => Stripe?.Remove(this);
    }

    internal sealed class Stripe
    {
        private readonly Lock _lock = new();
        private Call? _first;
        private Call? _last;

        public void Add(Call call, int tick)
        {
            var place = call.Place;
            lock (_lock)
            {
                place.Stripe = this;
                place.SentAtTick = tick;
                place.Earlier = _last;
                if (_last is null)
                    _first = call;
                else
                    _last.Place.Later = call;
                _last = call;
            }
        }

        public Call? TakeOlderThan(int tick)
        {
            lock (_lock)
            {
                var call = _first;
                if (call is null || call.Place.SentAtTick >= tick)
                    return null;
                Unlink(call.Place);
                return call;
            }
        }

        public void Remove(Place place)
        {
            lock (_lock)
            {
                if (place.Stripe == this)
                    Unlink(place);
            }
        }

        private void Unlink(Place place)
        {
            if (place.Earlier is null)
                _first = place.Later;
            else
                place.Earlier.Place.Later = place.Later;
            if (place.Later is null)
                _last = place.Earlier;
            else
                place.Later.Place.Earlier = place.Earlier;
            place.Stripe = null;
            place.Earlier = place.Later = null;
        }
    }
}
