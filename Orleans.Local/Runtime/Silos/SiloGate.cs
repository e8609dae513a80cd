namespace Orleans.Local;

/// <summary>
/// What every turn, request and answer of a silo passes. Open, it lets them pass; paused, it holds them; closed for good, it drops
/// them, as a killed process does.
/// </summary>
internal sealed class SiloGate
{
    private readonly Lock _lock = new();
    private readonly Queue<IThreadPoolWorkItem> _held = new();
    private volatile State _state;

    private enum State
    {
        Open,
        Paused,
        Closed,
    }

    public bool IsOpen => _state == State.Open;

    public bool IsClosed => _state == State.Closed;

    /// <summary>Runs an item on the thread pool, now, after the pause, or never.</summary>
    public void Run(IThreadPoolWorkItem item)
    {
        if (!TryHold(item))
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
    }

    /// <summary>Takes an item over unless the gate is open.</summary>
    /// <returns>True when the item is held, or dropped; false when the caller may go on with it.</returns>
    public bool TryHold(IThreadPoolWorkItem item)
    {
        if (_state == State.Open)
            return false;
        lock (_lock)
        {
            if (_state == State.Paused)
                _held.Enqueue(item);
            return _state != State.Open;
        }
    }

    public void Pause()
    {
        lock (_lock)
        {
            if (_state == State.Open)
                _state = State.Paused;
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (_state != State.Paused)
                return;
            _state = State.Open;
            while (_held.TryDequeue(out var item))
                ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _state = State.Closed;
            _held.Clear();
        }
    }
}
