namespace Orleans.Paxos.Load;

/// <summary>A scenario whose clients each do one operation after the other.</summary>
internal abstract class OperationScenario(string name, ScenarioOptions options) : Scenario(name, options)
{
    internal override async Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(plan.WarmUp + plan.Duration + plan.Grace, plan.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        record.Begin();
        await Task.WhenAll(Enumerable.Range(0, plan.Clients).Select(index =>
            Task.Run(() => RunClientAsync(target, new LoadClient(index, Options), record.Client(index), ends.Token), CancellationToken.None)));
    }

    /// <summary>Does one operation.</summary>
    protected abstract Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken);

    private async Task RunClientAsync(ILoadTarget target, LoadClient client, ClientRecord record, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && record.Now() is var began && !record.IsOver(began))
        {
            try
            {
                await OperateAsync(target, client, cancellationToken);
                record.Succeeded(began);
            }
            catch (Exception exception)
            {
                record.Failed(exception);
            }
        }
    }
}
