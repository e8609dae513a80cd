using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>The options of a chaos run.</summary>
/// <param name="Minutes">How long the clients make calls, in minutes.</param>
/// <param name="Seed">The seed of all random choices. The timing of the machine stays random.</param>
/// <param name="Clients">The number of concurrent clients.</param>
/// <param name="Registers">The number of registers that the clients share.</param>
/// <param name="Changes">Whether the acceptor set is changed meanwhile.</param>
/// <param name="Output">The directory of the report.</param>
internal sealed record ChaosOptions(double Minutes, int Seed, int Clients, int Registers, bool Changes, string Output)
{
    public const double LeastMinutes = 0.2;
    public const double MostMinutes = 240;
    public const int LeastClients = 1;
    public const int MostClients = 64;
    public const int MostRegisters = 64;

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>The silos that are not in the acceptor set of the settings.</summary>
    public ImmutableArray<string> Spares => Changes ? ["a4"] : [];

    /// <summary>All silos.</summary>
    public ImmutableArray<string> Silos => [.. SiloCluster.Names, .. Spares];

    /// <summary>The names of the registers.</summary>
    public ImmutableArray<string> Names => [.. Enumerable.Range(1, Registers).Select(number => $"chaos/{number}")];
}
