using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A kind of load. <see cref="ScenarioCatalog"/> lists all of them.</summary>
/// <param name="name">The scenario's name.</param>
/// <param name="options">The scenario's options.</param>
public abstract class Scenario(string name, ScenarioOptions options)
{
    /// <summary>The scenario's name, such as <c>write-spread</c>.</summary>
    public string Name => name;

    /// <summary>The scenario's options.</summary>
    public ScenarioOptions Options { get; } = options.Validated();

    /// <summary>The number of clients when it is fixed; null when the plan sets it.</summary>
    public virtual int? FixedClients => null;

    /// <summary>The registers that must be written before the load; null for none.</summary>
    internal virtual RegisterSet? Needs => null;

    /// <summary>Writes the registers that the load needs. Call it once for several runs on the same target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="progress">Called, from several threads, with the number of registers written and their total; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the load may start, or fails with the first write that fails.</returns>
    public Task PrepareAsync(ILoadTarget target, Action<int, int>? progress = null, CancellationToken cancellationToken = default) =>
        Needs?.WriteAsync(target, progress, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Runs the load: the warm-up, then the measured time.</summary>
    internal abstract Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken);
}
