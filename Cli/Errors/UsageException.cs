namespace Orleans.Paxos.Cli.Errors;

/// <summary>The command cannot be carried out as given. Nothing was written.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="hint">What to do instead.</param>
internal sealed class UsageException(string problem, string hint) : Exception($"{problem} {hint}");
