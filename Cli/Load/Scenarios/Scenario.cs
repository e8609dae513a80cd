using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A kind of load. <see cref="Scenarios"/> has them all.</summary>
/// <param name="name">Its name.</param>
/// <param name="options">Its size.</param>
public abstract class Scenario(string name, ScenarioOptions options)
{
    /// <summary>Its name, such as <c>write-spread</c>.</summary>
    public string Name => name;

    /// <summary>Its size.</summary>
    public ScenarioOptions Options { get; } = options.Validated();

    /// <summary>The number of clients that it always has; null where the plan says it.</summary>
    public virtual int? FixedClients => null;

    /// <summary>The registers that have to be written before the load; null for none.</summary>
    internal virtual RegisterSet? Needs => null;

    /// <summary>Writes the registers that the load needs. Once is enough for several runs on a target.</summary>
    /// <param name="target">What will be under load.</param>
    /// <param name="progress">Is told how many registers are written, of how many, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the load may start, and fails as the first write that fails.</returns>
    public Task PrepareAsync(ILoadTarget target, Action<int, int>? progress = null, CancellationToken cancellationToken = default) =>
        Needs?.WriteAsync(target, progress, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Runs the load: the warm-up, then the measured time.</summary>
    internal abstract Task RunAsync(ILoadTarget target, LoadPlan plan, LoadRecord record, CancellationToken cancellationToken);
}
