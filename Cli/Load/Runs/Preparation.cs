using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>Prepares scenarios on one target. Registers that several scenarios share are written only once.</summary>
/// <param name="target">The target.</param>
public sealed class Preparation(ILoadTarget target)
{
    private readonly HashSet<RegisterSet> _written = [];

    /// <summary>Writes the registers that a scenario needs, unless they were written for an earlier scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="progress">Called, from several threads, with the number of registers written and their total; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the load may start, or fails with the first write that fails.</returns>
    public async Task EnsureAsync(Scenario scenario, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (scenario.Needs is not { } registers || _written.Contains(registers))
            return;
        await registers.WriteAsync(target, progress, cancellationToken);
        _written.Add(registers);
    }
}
