namespace Orleans.Paxos.Silo.Settings;

/// <summary>What this process is to be, checked.</summary>
internal sealed record SiloSettings
{
    /// <summary>The port for other silos, unless another is given, of a silo that other machines reach.</summary>
    public const int DefaultSiloPort = 11_111;

    /// <summary>The port for Orleans clients, unless another is given, of a silo that other machines reach.</summary>
    public const int DefaultGatewayPort = 30_000;

    /// <summary>Where the acceptors of this process keep their registers: a folder for each, unless they store elsewhere.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What the acceptors of this process store in.</summary>
    public required StorageKind Storage { get; init; }

    /// <summary>What this process uses in Azure.</summary>
    public required AzureOptions Azure { get; init; }

    /// <summary>How HTTP is served.</summary>
    public required HttpSettings Http { get; init; }

    /// <summary>The silos of this process, named after their acceptors: all of the set, or one.</summary>
    public required ImmutableArray<string> Silos { get; init; }

    /// <summary>Tells this cluster from others whose silos find each other in the same place.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Starts the keys of records in Azure: under another one nothing that was stored is found.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Where other silos and clients reach this one: an IP address, or a host name that is resolved at the start.</summary>
    public required string Address { get; init; }

    /// <summary>The port for other silos; null for the default one, or any free one if only this machine reaches the silo.</summary>
    public int? SiloPort { get; init; }

    /// <summary>The port for Orleans clients; null as for other silos.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>The file in which the silos of this machine find each other; null when they do so in Azure.</summary>
    public required string? MembershipFile { get; init; }

    /// <summary>How the consensus runs.</summary>
    public required PaxosOptions Paxos { get; init; }

    /// <summary>What a program that embeds this host adds to each silo, which it is told by name; nothing by default.</summary>
    public Action<string, ISiloBuilder>? Embedding { get; init; }

    /// <summary>Whether this process holds the whole acceptor set.</summary>
    public bool HoldsWholeSet => Silos.Length == Paxos.Acceptors.Count;

    /// <summary>The folder of an acceptor.</summary>
    /// <param name="acceptor">Its name.</param>
    public string DirectoryOf(string acceptor) => Path.Combine(DataDirectory, acceptor);

    /// <summary>Where the acceptors of this process keep their registers, for people.</summary>
    public string DescribeStorage() => Storage switch
    {
        StorageKind.Sqlite => DataDirectory,
        StorageKind.AzureTable => $"{DescribeAccounts()}, table {Azure.Table}",
        _ => $"{DescribeAccounts()}, container {Azure.Container}",
    };

    private string DescribeAccounts() => $"{Storage.Name()}, {string.Join(", ", Silos.Select(silo => Azure.Accounts[silo].Describe(Storage)))}";
}
