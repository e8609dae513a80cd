using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A scenario in which each operation writes a register that was never written before.</summary>
/// <param name="options">The options.</param>
/// <param name="runId">Distinguishes the names of this run from those of all other runs.</param>
internal sealed class FirstWriteScenario(ScenarioOptions options, Guid runId) : OperationScenario(ScenarioCatalog.FirstWrite, options)
{
    private const int RunIdDigits = 12;

    private readonly NumberedNames _names = new($"{options.Prefix}{runId.ToString("N")[..RunIdDigits]}/");
    private long _next = -1;

    protected override Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken) =>
        target.WriteAsync(_names.Of(Interlocked.Increment(ref _next)), client.Value, cancellationToken);
}
