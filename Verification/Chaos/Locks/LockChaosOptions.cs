namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The options of a chaos run with locks.</summary>
/// <param name="Seconds">How long holders take locks.</param>
/// <param name="Seed">The seed of all random choices. The timing of the machine stays random.</param>
/// <param name="Holders">The number of holders at a time.</param>
/// <param name="Locks">The number of locks that they share.</param>
/// <param name="IsControl">Whether pauses spare the commands, which the rules must catch.</param>
/// <param name="Output">The directory of the report.</param>
internal sealed record LockChaosOptions(double Seconds, int Seed, int Holders, int Locks, bool IsControl, string Output)
{
    public const double LeastSeconds = 5;
    public const double MostSeconds = 14_400;
    public const int MostHolders = 32;
    public const int MostLocks = 16;

    public TimeSpan Length => TimeSpan.FromSeconds(Seconds);

    /// <summary>The time-to-live of each session.</summary>
    public TimeSpan TimeToLive { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The names of the locks.</summary>
    public ImmutableArray<string> Names => [.. Enumerable.Range(1, Locks).Select(number => $"chaos-{number}")];
}
