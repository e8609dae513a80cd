namespace Orleans.Paxos.Load;

/// <summary>Tells how a run goes.</summary>
internal sealed class LoadMonitor(Scenario scenario, ILoadTarget target, LoadPlan plan, LoadRecord record, Action<LoadProgress> progress)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private const int LooksOfRate = 4;

    private readonly Queue<(long At, long Operations)> _looks = [];

    /// <summary>Tells until the run is done.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        try
        {
            await record.Begun.WaitAsync(done);
            var began = plan.Time.GetTimestamp();
            while (true)
            {
                progress(Look(began));
                await Task.Delay(BetweenLooks, plan.Time, done);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The run is done.
        }
    }

    private LoadProgress Look(long began)
    {
        var (now, operations) = (plan.Time.GetTimestamp(), record.Operations);
        _looks.Enqueue((now, operations));
        if (_looks.Count > LooksOfRate + 1)
            _looks.Dequeue();
        var (earlierAt, earlierOperations) = _looks.Peek();
        var seconds = plan.Time.GetElapsedTime(earlierAt, now).TotalSeconds;
        return new LoadProgress(
            scenario.Name,
            target.Name,
            plan.Clients,
            plan.Time.GetElapsedTime(began, now),
            plan.WarmUp + plan.Duration,
            operations,
            seconds > 0 ? (operations - earlierOperations) / seconds : 0,
            record.Failures);
    }
}
