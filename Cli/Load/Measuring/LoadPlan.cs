namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>How much load, and for how long.</summary>
/// <param name="Clients">How many clients, each with one operation at a time. Scenarios with <see cref="Scenarios.Scenario.FixedClients"/> have their own number.</param>
/// <param name="WarmUp">How long the load runs before it is measured.</param>
/// <param name="Duration">How long it is measured.</param>
public sealed record LoadPlan(int Clients, TimeSpan WarmUp, TimeSpan Duration)
{
    /// <summary>How long an operation that is under way when the time is up may still take before it counts as an error.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether to count what this process allocates; only meaningful where nothing else runs in it.</summary>
    public bool CountAllocations { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
