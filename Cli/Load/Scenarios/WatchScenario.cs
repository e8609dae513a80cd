using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Many watchers of one register or of one prefix, which is written at a steady rate. An operation is a version that one watcher has seen.</summary>
/// <param name="name">The scenario's name.</param>
/// <param name="options">The scenario's options.</param>
/// <param name="subject">What is written and watched.</param>
/// <param name="runId">Distinguishes the values of this run from those of others.</param>
internal sealed class WatchScenario(string name, ScenarioOptions options, FanOutSubject subject, Guid runId) : Scenario(name, options)
{
    public override int? FixedClients => Options.Watchers;

    internal override RegisterSet Needs => subject.Registers;

    internal override async Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken)
    {
        var stamps = new FanOutStamps(runId, Options);
        var writer = new FanOutWriter(target, subject, stamps, plan.Time);
        await using var watchers = new FanOutWatchers(target, subject, stamps, record, cancellationToken);
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
