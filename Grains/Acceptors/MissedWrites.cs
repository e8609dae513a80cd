namespace Orleans.Paxos.Acceptors;

/// <summary>What the acceptor of a silo may have missed, and how far it is with catching up. Thread-safe.</summary>
internal sealed class MissedWrites(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _suspected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CatchUpStatus _status = new(Since: null, Looked: 0, Behind: 0, Brought: 0);

    /// <summary>How far it is.</summary>
    public CatchUpStatus Status
    {
        get
        {
            lock (_gate)
                return _status;
        }
    }

    /// <summary>Notes that writes may have been missed: since now, if none were before.</summary>
    public void Suspect()
    {
        lock (_gate)
        {
            _status = _status with { Since = _status.Since ?? clock.GetUtcNow() };
            _suspected.TrySetResult();
        }
    }

    /// <summary>Waits until writes may have been missed. What is missed from then on is another matter.</summary>
    public async Task SuspectedAsync(CancellationToken cancellationToken)
    {
        await _suspected.Task.WaitAsync(cancellationToken);
        lock (_gate)
        {
            _suspected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _status = _status with { Looked = 0, Behind = 0 };
        }
    }

    /// <summary>Notes how many names were looked at, and how many of these registers are behind.</summary>
    public void Looked(int names, int behind)
    {
        lock (_gate)
            _status = _status with { Looked = _status.Looked + names, Behind = _status.Behind + behind };
    }

    /// <summary>Notes that a register is not behind any more.</summary>
    public void Brought()
    {
        lock (_gate)
            _status = _status with { Behind = _status.Behind - 1, Brought = _status.Brought + 1 };
    }

    /// <summary>Notes that nothing is behind that was missed before it was suspected last.</summary>
    public void CaughtUp()
    {
        lock (_gate)
            _status = _status with { Since = _suspected.Task.IsCompleted ? clock.GetUtcNow() : null };
    }
}
