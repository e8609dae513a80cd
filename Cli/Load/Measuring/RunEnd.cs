namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>Cancels the operations of a run when its caller ends it or its grace period is over.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly LoadPlan _plan;
    private readonly CancellationToken _stopped;
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenSource _either;

    public RunEnd(LoadPlan plan, CancellationToken stopped)
    {
        (_plan, _stopped) = (plan, stopped);
        _patience = new CancellationTokenSource(plan.WarmUp + plan.Duration + plan.Grace, plan.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(stopped, _patience.Token);
    }

    public CancellationToken Token => _either.Token;

    public bool IsStopped => _stopped.IsCancellationRequested;

    public bool IsOutOfPatience => _patience.IsCancellationRequested;

    public TimeoutException NoAnswer() => new($"No answer came within {_plan.Grace.TotalSeconds:0.#} s after the measured time.");

    public void Dispose()
    {
        _either.Dispose();
        _patience.Dispose();
    }
}
