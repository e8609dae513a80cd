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
            Task.Run(() => RunClientAsync(target, new LoadClient(index, Options), record.Client(index)), CancellationToken.None)));

        async Task RunClientAsync(ILoadTarget target, LoadClient client, ClientRecord record)
        {
            while (!ends.IsCancellationRequested && record.Now() is var began && !record.IsOver(began))
            {
                try
                {
                    await OperateAsync(target, client, ends.Token);
                    record.Succeeded(began);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
                catch (OperationCanceledException) when (patience.IsCancellationRequested)
                {
                    record.Failed(new TimeoutException($"No answer came within {plan.Grace.TotalSeconds:0.#} s after the measured time."));
                }
                catch (Exception exception)
                {
                    record.Failed(exception);
                }
            }
        }
    }

    /// <summary>Does one operation.</summary>
    protected abstract Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken);
}
