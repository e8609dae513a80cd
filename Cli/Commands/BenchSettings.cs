using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The settings of <c>paxos bench</c>.</summary>
internal sealed record BenchSettings
{
    private const double LeastWarmUpSeconds = 1;
    private const double MostWarmUpSeconds = 5;

    public required ImmutableArray<string> Scenarios { get; init; }

    public required ImmutableArray<int> Clients { get; init; }

    public required int Seconds { get; init; }

    public required int Registers { get; init; }

    public required int ValueBytes { get; init; }

    public required int Watchers { get; init; }

    public required int Rate { get; init; }

    public required string Prefix { get; init; }

    /// <summary>The directory of the report; null for no report.</summary>
    public string? Directory { get; init; }

    /// <summary>The options of the scenarios.</summary>
    /// <exception cref="UsageException">The prefix is empty.</exception>
    public ScenarioOptions ScenarioOptions => Prefix.Length == 0
        ? throw new UsageException("--prefix is empty, and bench writes many registers.", "Give it a prefix that nothing else uses, such as bench/.")
        : new ScenarioOptions
        {
            Prefix = Prefix.EndsWith('/') ? Prefix : Prefix + "/",
            Registers = Registers,
            ValueBytes = ValueBytes,
            Watchers = Watchers,
            VersionsPerSecond = Rate,
        };

    /// <summary>Creates the plan of a run with a number of clients.</summary>
    public LoadPlan Plan(int clients) => new(
        clients,
        WarmUp: TimeSpan.FromSeconds(Math.Clamp(Seconds / 5.0, LeastWarmUpSeconds, MostWarmUpSeconds)),
        Duration: TimeSpan.FromSeconds(Seconds));

    /// <summary>Gets the command line with these settings, including defaults but without the connection.</summary>
    public override string ToString()
    {
        IEnumerable<string> words =
        [
            "paxos bench",
            .. Scenarios.Select(scenario => $"--scenario {scenario}"),
            .. Clients.Select(clients => $"--clients {clients}"),
            $"--seconds {Seconds} --registers {Registers} --value-bytes {ValueBytes} --watchers {Watchers} --rate {Rate} --prefix {Prefix}",
        ];
        return string.Join(' ', words);
    }
}
