namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>The progress of a run.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Target">The target.</param>
/// <param name="Clients">The number of clients.</param>
/// <param name="Elapsed">The time since the run began, including the warm-up.</param>
/// <param name="Total">How long the run takes, including the warm-up.</param>
/// <param name="Operations">The number of operations so far, including the warm-up.</param>
/// <param name="RatePerSecond">Operations per second, over the last second.</param>
/// <param name="Errors">The number of operations that failed so far.</param>
public sealed record LoadProgress(
    string Scenario,
    string Target,
    int Clients,
    TimeSpan Elapsed,
    TimeSpan Total,
    long Operations,
    double RatePerSecond,
    long Errors);
