using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>
/// Puts a target under load and measures it. The loop is closed: a client starts an operation when its previous one has
/// ended, so a slow target receives fewer operations. The latencies are those of a number of clients, not of an arrival rate.
/// </summary>
public static class ClosedLoop
{
    /// <summary>Runs a scenario: the warm-up and then the measured time.</summary>
    /// <param name="scenario">The scenario. Call <see cref="Scenario.PrepareAsync"/> first.</param>
    /// <param name="target">The target under load.</param>
    /// <param name="plan">The number of clients and the times.</param>
    /// <param name="progress">Called with the progress a few times per second; null for none.</param>
    /// <param name="cancellationToken">Ends the run early without an exception. The measurement then covers the time until then.</param>
    /// <returns>The measurement. Operations that failed are in <see cref="Measurement.Errors"/>; they do not end the run.</returns>
    /// <exception cref="NotSupportedException">The scenario watches, but the target cannot.</exception>
    /// <exception cref="TimeoutException">The watchers did not start in time. Other failures of a watch are thrown unchanged.</exception>
    public static async Task<Measurement> RunAsync(
        Scenario scenario,
        ILoadTarget target,
        LoadPlan plan,
        Action<LoadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        plan = plan with { Clients = scenario.FixedClients ?? plan.Clients };
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Clients, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(plan.Duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.WarmUp, TimeSpan.Zero);
        var record = new LoadRecord(plan);
        var processor = plan.ProcessorTime is { } read ? new ProcessorMeter(plan, record, read) : null;
        using var done = new CancellationTokenSource();
        var beside = Task.WhenAll(
            progress is null ? Task.CompletedTask : new LoadMonitor(scenario, target, plan, record, progress).RunAsync(done.Token),
            processor?.RunAsync(done.Token) ?? Task.CompletedTask);
        try
        {
            await scenario.RunAsync(target, plan, record, cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await beside;
        }

        var measurement = record.ToMeasurement(scenario.Name, scenario.Options.ValueBytes, target.Name);
        return processor?.Spent is { } spent && measurement.Operations > 0
            ? measurement with { ProcessorMicrosecondsPerOperation = spent.TotalMicroseconds / measurement.Operations }
            : measurement;
    }
}
