namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>The number of clients and the duration of a run.</summary>
/// <param name="Clients">The number of clients, each with one operation at a time. Scenarios with <see cref="Scenarios.Scenario.FixedClients"/> ignore it.</param>
/// <param name="WarmUp">How long the load runs before it is measured.</param>
/// <param name="Duration">The measured time.</param>
public sealed record LoadPlan(int Clients, TimeSpan WarmUp, TimeSpan Duration)
{
    /// <summary>How long an operation that is in progress at the end of the measured time may take before it counts as an error.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads the processor time that everything that takes part has spent so far; null when it is not measured.</summary>
    public Func<TimeSpan>? ProcessorTime { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
