namespace Orleans.Paxos.Load;

/// <summary>Many watchers of one register, which is written at a steady rate.</summary>
internal sealed class WatchFanOutScenario(ScenarioOptions options) : Scenario(Scenarios.WatchFanOut, options)
{
    public override int? FixedClients => Options.Watchers;

    internal override Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
