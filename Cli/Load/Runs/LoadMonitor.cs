using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>Reports the progress of a run.</summary>
internal sealed class LoadMonitor(Scenario scenario, ILoadTarget target, LoadPlan plan, LoadRecord record, Action<LoadProgress> progress)
{
    private const int LooksPerSecond = 4;

    private readonly RateWindow _rate = new(plan.Time, LooksPerSecond);

    /// <summary>Reports the progress until the run is done.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        try
        {
            await record.Begun.WaitAsync(done);
            var began = plan.Time.GetTimestamp();
            while (true)
            {
                progress(Look(began));
                await Task.Delay(TimeSpan.FromSeconds(1.0 / LooksPerSecond), plan.Time, done);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The run is done.
        }
    }

    private LoadProgress Look(long began)
    {
        var operations = record.Operations;
        return new LoadProgress(
            scenario.Name,
            target.Name,
            plan.Clients,
            plan.Time.GetElapsedTime(began),
            plan.WarmUp + plan.Duration,
            operations,
            _rate.Look(operations),
            record.Failures);
    }
}
