namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>Thrown when code reads the clock again and again within one step, while the clock stands still.</summary>
internal sealed class BusyLoopException() : Exception("Code waits for the clock in a busy loop.");
