namespace Orleans.Paxos.Tests.Simulation;

/// <summary>The simulation uses all processors, so no other tests run in parallel.</summary>
[CollectionDefinition(nameof(SimulationTests), DisableParallelization = true)]
public sealed class SimulationTests;
