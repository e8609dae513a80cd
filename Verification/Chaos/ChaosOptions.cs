namespace Orleans.Paxos.Verification.Chaos;

/// <summary>How much chaos.</summary>
/// <param name="Minutes">How long clients work.</param>
/// <param name="Seed">From what everything is drawn that is not up to the machine.</param>
/// <param name="Clients">How many clients call at the same time.</param>
/// <param name="Registers">How many registers they share.</param>
/// <param name="Output">Where the report goes.</param>
internal sealed record ChaosOptions(double Minutes, int Seed, int Clients, int Registers, string Output)
{
    public const double LeastMinutes = 0.2;
    public const double MostMinutes = 240;
    public const int LeastClients = 1;
    public const int MostClients = 64;
    public const int MostRegisters = 64;

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>The names of the registers.</summary>
    public ImmutableArray<string> Names => [.. Enumerable.Range(1, Registers).Select(number => $"chaos/{number}")];
}
