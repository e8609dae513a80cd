using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Reads and writes of many registers, each chosen at random, all of them written before.</summary>
internal sealed class SpreadScenario(string name, ScenarioOptions options, int writePercent, bool linearizable) : OperationScenario(name, options)
{
    /// <summary>All spread scenarios use the same registers, so that these are prepared once.</summary>
    private const string Group = "spread/";

    private readonly RegisterSet _registers = RegisterSet.Of(Group, options.Registers, options);

    internal override RegisterSet Needs => _registers;

    protected override Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken)
    {
        var register = _registers.Names.Of(client.Random.Next(_registers.Count));
        return client.Random.Next(100) < writePercent
            ? target.WriteAsync(register, client.Value, cancellationToken)
            : target.ReadAsync(register, linearizable, cancellationToken);
    }
}
