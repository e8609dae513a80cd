using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>Prepares scenarios on one target, and what several of them share only once.</summary>
/// <param name="target">What will be under load.</param>
public sealed class Preparation(ILoadTarget target)
{
    private readonly HashSet<RegisterSet> _written = [];

    /// <summary>Writes the registers that a scenario needs, if no earlier one had them written.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="progress">Is told how many registers are written, of how many, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the load may start, and fails as the first write that fails.</returns>
    public async Task EnsureAsync(Scenario scenario, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (scenario.Needs is not { } registers || _written.Contains(registers))
            return;
        await registers.WriteAsync(target, progress, cancellationToken);
        _written.Add(registers);
    }
}
