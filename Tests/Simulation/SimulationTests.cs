namespace Orleans.Paxos.Tests.Simulation;

/// <summary>The simulation uses all processors, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(SimulationTests), DisableParallelization = true)]
public sealed class SimulationTests;
