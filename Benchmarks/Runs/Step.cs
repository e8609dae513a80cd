using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Runs;

/// <summary>One thing that is measured in every round.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Target">What is under load.</param>
/// <param name="Clients">How many clients there are.</param>
internal sealed record Step(string Scenario, ILoadTarget Target, int Clients)
{
    /// <summary>The scenario's name in the report, where it is another.</summary>
    public string Label { get; init; } = Scenario;

    /// <summary>How many registers the load is spread over; null for as many as usual.</summary>
    public int? Registers { get; init; }

    /// <summary>The rest of the scenario's size; null for the default.</summary>
    public ScenarioOptions? Size { get; init; }

    /// <summary>Whether some ratio needs it.</summary>
    public bool IsEssential { get; init; } = true;
}
