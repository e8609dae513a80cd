using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Many watchers of one register, which is written at a steady rate. An operation is a version that one watcher has seen.</summary>
internal sealed class WatchFanOutScenario(ScenarioOptions options, Guid runId) : Scenario(ScenarioCatalog.WatchFanOut, options)
{
    private const string Group = "watched/";

    private readonly string _register = new NumberedNames(options.Prefix + Group).Of(0);

    public override int? FixedClients => Options.Watchers;

    internal override RegisterSet Needs { get; } = RegisterSet.Of(Group, 1, options);

    internal override async Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken)
    {
        var stamps = new FanOutStamps(runId, Options);
        var writer = new FanOutWriter(target, _register, stamps, plan.Time);
        await using var watchers = new FanOutWatchers(target, _register, stamps, record, cancellationToken);
        try
        {
            await writer.WriteFirstAsync(cancellationToken);
            await watchers.StartAsync(plan, cancellationToken);
            using var ends = new RunEnd(plan, cancellationToken);
            record.Begin();
            await writer.RunAsync(Options.VersionsPerSecond, record, ends);
            await watchers.WaitForAsync(writer.Acknowledged, plan, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run was ended early; the versions seen until then are counted.
        }
    }
}
