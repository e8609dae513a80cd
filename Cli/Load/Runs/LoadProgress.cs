namespace Orleans.Paxos.Cli.Load.Runs;

/// <summary>How a run goes.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Target">The target.</param>
/// <param name="Clients">How many clients there are.</param>
/// <param name="Elapsed">Since the run began, with its warm-up.</param>
/// <param name="Total">How long the run takes, with its warm-up.</param>
/// <param name="Operations">Operations so far, with those of the warm-up.</param>
/// <param name="RatePerSecond">Operations a second, over the last second.</param>
/// <param name="Errors">Operations that failed so far.</param>
public sealed record LoadProgress(
    string Scenario,
    string Target,
    int Clients,
    TimeSpan Elapsed,
    TimeSpan Total,
    long Operations,
    double RatePerSecond,
    long Errors);
