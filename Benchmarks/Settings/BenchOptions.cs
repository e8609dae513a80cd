using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Benchmarks.Settings;

/// <summary>The options of a run.</summary>
internal sealed record BenchOptions
{
    /// <summary>The value of <see cref="Seconds"/> for <see cref="Quick"/>.</summary>
    public const double QuickSeconds = 2;

    /// <summary>The duration of the warm-up as a fraction of the measured time.</summary>
    private const double WarmUpShare = 0.25;

    /// <summary>The number of rounds. Every figure is measured once in each round.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The duration of each measurement, in seconds.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>How many names come and go instead of the comparison; null to compare.</summary>
    public long? Names { get; init; }

    /// <summary>How many wait for a lock, if locks are measured instead.</summary>
    public int? Locks { get; init; }

    /// <summary>How many sessions are open at once, if sessions are measured instead.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many sessions come and go, if that is measured instead.</summary>
    public long? Churn { get; init; }

    /// <summary>How long names or sessions come and go at most, in seconds; null for as long as it takes.</summary>
    public double? LongestSeconds { get; init; }

    /// <summary>The numbers of clients, ascending.</summary>
    public ImmutableArray<int> Clients { get; init; } = [1, 256];

    /// <summary>The scenarios to measure; empty for all.</summary>
    public ImmutableArray<string> Scenarios { get; init; } = [];

    /// <summary>Whether to measure only what ratios need.</summary>
    public bool Quick { get; init; }

    /// <summary>The number of silo processes; null to measure in this process.</summary>
    public int? Processes { get; init; }

    /// <summary>The quantities whose growth in cost is measured instead of the comparison; empty to compare.</summary>
    public ImmutableArray<string> Growth { get; init; } = [];

    /// <summary>The maximum number of registers whose cost is measured.</summary>
    public int MaxRegisters { get; init; } = 1_000_000;

    /// <summary>The number of registers over which the load is spread.</summary>
    public int Registers { get; init; } = ScenarioOptions.DefaultRegisters;

    /// <summary>The number of watchers of one register or prefix.</summary>
    public int Watchers { get; init; } = ScenarioOptions.DefaultWatchers;

    /// <summary>How many versions are written for them in a second.</summary>
    public int VersionsPerSecond { get; init; } = ScenarioOptions.DefaultVersionsPerSecond;

    /// <summary>Whether to measure etcd when it is installed.</summary>
    public bool Etcd { get; init; } = true;

    /// <summary>The folder of the report.</summary>
    public required string Output { get; init; }

    /// <summary>The command line, for the report.</summary>
    public string Command { get; init; } = "";

    /// <summary>The commit under test, for the report.</summary>
    public string Commit { get; init; } = "unknown";

    /// <summary>The lowest number of clients: one by default, for latencies.</summary>
    public int Few => Clients[0];

    /// <summary>The number of clients for most goals: 256, or the highest if 256 is not among them.</summary>
    public int Many => Clients.Contains(256) ? 256 : Clients[^1];

    /// <summary>Whether to measure a scenario.</summary>
    public bool Wants(string scenario) => Scenarios.IsEmpty || Scenarios.Contains(scenario);

    /// <summary>Creates the plan of one measurement.</summary>
    /// <param name="clients">The number of clients.</param>
    public LoadPlan PlanFor(int clients) => new(clients, TimeSpan.FromSeconds(Seconds * WarmUpShare), TimeSpan.FromSeconds(Seconds));
}
