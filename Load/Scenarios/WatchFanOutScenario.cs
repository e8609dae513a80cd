namespace Orleans.Paxos.Load;

/// <summary>Many watchers of one register, which is written at a steady rate. An operation is a version that one watcher has seen.</summary>
internal sealed class WatchFanOutScenario(ScenarioOptions options, Guid runId) : Scenario(Scenarios.WatchFanOut, options)
{
    private const string Group = "watched/";

    private readonly string _register = new NumberedNames(options.Prefix + Group).Of(0);

    public override int? FixedClients => Options.Watchers;

    internal override RegisterSet Needs { get; } = RegisterSet.Of(Group, 1, options);

    internal override async Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken)
    {
        var writer = new FanOutWriter(target, _register, new FanOutStamps(runId, Options), plan.Time);
        await using var watchers = new FanOutWatchers(target, _register, writer.Stamps, record, cancellationToken);
        try
        {
            await writer.WriteFirstAsync(cancellationToken);
            await watchers.StartAsync(plan, cancellationToken);
            record.Begin();
            await writer.RunAsync(Options.VersionsPerSecond, record, cancellationToken);
            await watchers.WaitForAsync(writer.Acknowledged, plan, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is ended early; what was seen is counted.
        }
    }
}
