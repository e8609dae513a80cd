using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A scenario whose clients each run one operation at a time.</summary>
internal abstract class OperationScenario(string name, ScenarioOptions options) : Scenario(name, options)
{
    internal override async Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken)
    {
        using var ends = new RunEnd(plan, cancellationToken);
        record.Begin();
        await Task.WhenAll(Enumerable.Range(0, plan.Clients).Select(index =>
            Task.Run(() => RunClientAsync(target, new LoadClient(index, Options), record.Client(index), ends), CancellationToken.None)));
    }

    /// <summary>Runs one operation.</summary>
    protected abstract Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken);

    private async Task RunClientAsync(ILoadTarget target, LoadClient client, ClientRecord record, RunEnd ends)
    {
        while (!ends.Token.IsCancellationRequested && record.Now() is var began && !record.IsOver(began))
        {
            try
            {
                await OperateAsync(target, client, ends.Token);
                record.Succeeded(began);
            }
            catch (OperationCanceledException) when (ends.IsStopped)
            {
                // The run has ended; the operation counts neither as a success nor as a failure.
            }
            catch (OperationCanceledException) when (ends.IsOutOfPatience)
            {
                record.Failed(ends.NoAnswer());
            }
            catch (Exception exception)
            {
                record.Failed(exception);
            }
        }
    }
}
