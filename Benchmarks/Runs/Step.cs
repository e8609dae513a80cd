using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Runs;

/// <summary>A measurement that is made in every round.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Target">The target under load.</param>
/// <param name="Clients">The number of clients.</param>
internal sealed record Step(string Scenario, ILoadTarget Target, int Clients)
{
    /// <summary>The name in the report; by default the scenario's name.</summary>
    public string Label { get; init; } = Scenario;

    /// <summary>The number of registers over which the load is spread; null for the number in the options.</summary>
    public int? Registers { get; init; }

    /// <summary>The other options of the scenario; null for the defaults.</summary>
    public ScenarioOptions? Size { get; init; }

    /// <summary>Reads the processor time that the target's processes have spent; null when they are not measured.</summary>
    public Func<TimeSpan>? ProcessorTime { get; init; }

    /// <summary>Whether a ratio needs it.</summary>
    public bool IsEssential { get; init; } = true;
}
