using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>All clients write the same register.</summary>
internal sealed class WriteHotScenario(ScenarioOptions options) : OperationScenario(ScenarioCatalog.WriteHot, options)
{
    private const string Group = "hot/";

    private readonly RegisterSet _registers = RegisterSet.Of(Group, 1, options);
    private readonly string _register = new NumberedNames(options.Prefix + Group).Of(0);

    internal override RegisterSet Needs => _registers;

    protected override Task OperateAsync(ILoadTarget target, LoadClient client, CancellationToken cancellationToken) =>
        target.WriteAsync(_register, client.Value, cancellationToken);
}
