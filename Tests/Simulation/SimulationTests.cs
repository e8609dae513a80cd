namespace Orleans.Paxos.Tests.Simulation;

/// <summary>Takes both processors: nothing else runs beside it.</summary>
[CollectionDefinition(nameof(SimulationTests), DisableParallelization = true)]
public sealed class SimulationTests;
