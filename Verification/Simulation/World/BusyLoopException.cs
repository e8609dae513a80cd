namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>Thrown when code keeps looking at the clock within one step, while the clock stands still.</summary>
internal sealed class BusyLoopException() : Exception("Code waits for the clock in a busy loop.");
