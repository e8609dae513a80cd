namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>Code looks at the clock again and again within one step, in which the clock stands still.</summary>
internal sealed class BusyLoopException() : Exception("Code waits for the clock in a busy loop.");
