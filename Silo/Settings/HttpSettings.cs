using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>How HTTP is served, checked.</summary>
internal sealed record HttpSettings
{
    /// <summary>Where.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>The keys of those who may use it.</summary>
    public required HttpKeys Keys { get; init; }

    /// <summary>How many connections there may be at once.</summary>
    public required int MaxConnections { get; init; }
}
