namespace Orleans.Paxos.Cli.Errors;

/// <summary>The state of the cluster refused the command. Nothing was written.</summary>
/// <param name="message">What stands in the way.</param>
internal sealed class RefusedException(string message) : Exception(message);
