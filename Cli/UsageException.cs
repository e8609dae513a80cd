namespace Orleans.Paxos.Cli;

/// <summary>What was asked for cannot be done as it was asked. Nothing was written.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="hint">What to do instead.</param>
internal sealed class UsageException(string problem, string hint) : Exception($"{problem} {hint}");
