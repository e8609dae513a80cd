using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>
/// Puts a target under load and measures it. The loop is closed: a client begins an operation when its last one has ended, so
/// that a slow target gets fewer of them; its latencies are those of so many clients and not those of a given rate of arrivals.
/// </summary>
public static class ClosedLoop
{
    /// <summary>Runs a scenario: its warm-up and then the measured time.</summary>
    /// <param name="scenario">The scenario; <see cref="Scenario.PrepareAsync"/> was called.</param>
    /// <param name="target">What is under load.</param>
    /// <param name="plan">How much load, and for how long.</param>
    /// <param name="progress">Is told how it goes, a few times a second; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run early, without an exception: the measurement then covers what was measured.</param>
    /// <returns>What was measured. Operations that failed are in <see cref="Measurement.Errors"/>; they end nothing.</returns>
    /// <exception cref="NotSupportedException">The scenario watches and the target cannot.</exception>
    /// <exception cref="TimeoutException">The watchers of watch-fan-out did not get to watch. What else a watch fails with is thrown as it is.</exception>
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
        var allocations = new AllocationMeter(plan, record);
        using var done = new CancellationTokenSource();
        var beside = Task.WhenAll(
            progress is null ? Task.CompletedTask : new LoadMonitor(scenario, target, plan, record, progress).RunAsync(done.Token),
            plan.CountAllocations ? allocations.RunAsync(done.Token) : Task.CompletedTask);
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
        return plan.CountAllocations && measurement.Operations > 0
            ? measurement with { AllocatedBytesPerOperation = (double)allocations.Bytes / measurement.Operations }
            : measurement;
    }
}
