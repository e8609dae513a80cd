namespace Orleans.Paxos.Tests.Simulation;

/// <summary>The simulation uses all processors, so its tests do not run beside each other.</summary>
[CollectionDefinition(nameof(SimulationTests))]
public sealed class SimulationTests;
