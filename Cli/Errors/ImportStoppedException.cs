namespace Orleans.Paxos.Cli.Errors;

/// <summary>An import or a deletion could not continue.</summary>
/// <param name="activity">What stopped: an import or a deletion.</param>
/// <param name="name">The register at which it stopped.</param>
/// <param name="reason">The reason.</param>
internal sealed class ImportStoppedException(string activity, string name, Exception reason) : Exception(
    $"The {activity} stopped at '{name}': {Failure.Of(reason).Message}", reason);
