using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Benchmarks.Settings;

/// <summary>How much is measured, and where the report goes.</summary>
internal sealed record BenchOptions
{
    /// <summary>What <see cref="Quick"/> has for <see cref="Seconds"/>.</summary>
    public const double QuickSeconds = 2;

    /// <summary>Part of the measured time that a load runs before it.</summary>
    private const double WarmUpShare = 0.25;

    /// <summary>How many times each figure is measured, all figures in turn.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>How long each is measured.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>Numbers of clients, ascending.</summary>
    public ImmutableArray<int> Clients { get; init; } = [1, 256];

    /// <summary>Only these scenarios; empty for all.</summary>
    public ImmutableArray<string> Scenarios { get; init; } = [];

    /// <summary>Only what ratios need.</summary>
    public bool Quick { get; init; }

    /// <summary>How many silo processes; null to measure in this process.</summary>
    public int? Processes { get; init; }

    /// <summary>The quantities whose growth in cost is measured instead of the comparison; empty to compare.</summary>
    public ImmutableArray<string> Growth { get; init; } = [];

    /// <summary>The most registers whose cost is measured.</summary>
    public int MaxRegisters { get; init; } = 1_000_000;

    /// <summary>How many registers the load is spread over.</summary>
    public int Registers { get; init; } = ScenarioOptions.DefaultRegisters;

    /// <summary>How many watchers of one register there are.</summary>
    public int Watchers { get; init; } = ScenarioOptions.DefaultWatchers;

    /// <summary>Whether etcd is measured where it is installed.</summary>
    public bool Etcd { get; init; } = true;

    /// <summary>The folder of the report.</summary>
    public required string Output { get; init; }

    /// <summary>The command line, for the report.</summary>
    public string Command { get; init; } = "";

    /// <summary>The commit under test, for the report.</summary>
    public string Commit { get; init; } = "unknown";

    /// <summary>The fewest clients: one, for latencies.</summary>
    public int Few => Clients[0];

    /// <summary>The number of clients for most goals: 256, or the highest if 256 is not among them.</summary>
    public int Many => Clients.Contains(256) ? 256 : Clients[^1];

    /// <summary>Whether a scenario is to be measured.</summary>
    public bool Wants(string scenario) => Scenarios.IsEmpty || Scenarios.Contains(scenario);

    /// <summary>The load of one measurement.</summary>
    /// <param name="clients">With how many clients.</param>
    public LoadPlan PlanFor(int clients) => new(clients, TimeSpan.FromSeconds(Seconds * WarmUpShare), TimeSpan.FromSeconds(Seconds));
}
