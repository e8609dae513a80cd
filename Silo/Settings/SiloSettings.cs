namespace Orleans.Paxos;

/// <summary>What this process is to be, checked.</summary>
internal sealed record SiloSettings
{
    /// <summary>Where the acceptors of this process keep their registers: a folder for each.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How HTTP is served.</summary>
    public required HttpSettings Http { get; init; }

    /// <summary>The silos of this process, named after their acceptors: all of the set, or one.</summary>
    public required ImmutableArray<string> Silos { get; init; }

    /// <summary>The port for other silos; null for any free one.</summary>
    public int? SiloPort { get; init; }

    /// <summary>The port for Orleans clients; null for any free one.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>The file in which the silos of this machine find each other.</summary>
    public required string MembershipFile { get; init; }

    /// <summary>How the consensus runs.</summary>
    public required PaxosOptions Paxos { get; init; }

    /// <summary>Whether this process holds the whole acceptor set.</summary>
    public bool HoldsWholeSet => Silos.Length == Paxos.Acceptors.Count;

    /// <summary>The folder of an acceptor.</summary>
    /// <param name="acceptor">Its name.</param>
    public string DirectoryOf(string acceptor) => Path.Combine(DataDirectory, acceptor);
}
