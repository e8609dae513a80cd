namespace Orleans.Paxos.Cli.Errors;

/// <summary>An import could not continue.</summary>
/// <param name="name">The register at which it stopped.</param>
/// <param name="reason">The reason.</param>
internal sealed class ImportStoppedException(string name, Exception reason) : Exception(
    $"The import stopped at '{name}': {Failure.Of(reason).Message}", reason);
