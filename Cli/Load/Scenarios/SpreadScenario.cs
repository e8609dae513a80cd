using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Reads and writes registers that are chosen at random from many, all of them written before.</summary>
internal sealed class SpreadScenario(string name, ScenarioOptions options, int writePercent, bool linearizable) : OperationScenario(name, options)
{
    /// <summary>The name of the set of registers, which all spread scenarios share so that it is prepared once.</summary>
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
