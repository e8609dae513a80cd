namespace Orleans.Paxos.Silo.Settings;

/// <summary>The validated settings of this process.</summary>
internal sealed record SiloSettings
{
    /// <summary>The default port for other silos when other machines reach this silo.</summary>
    public const int DefaultSiloPort = 11_111;

    /// <summary>The default port for Orleans clients when other machines reach this silo.</summary>
    public const int DefaultGatewayPort = 30_000;

    /// <summary>The directory with a folder for each acceptor of this process, unless the acceptors use other storage.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The kind of storage that the acceptors of this process use.</summary>
    public required StorageKind Storage { get; init; }

    /// <summary>The Azure resources that this process uses.</summary>
    public required AzureOptions Azure { get; init; }

    /// <summary>The settings of the HTTP interface.</summary>
    public required HttpSettings Http { get; init; }

    /// <summary>The silos of this process, named after their acceptors: all acceptors of the first set, or one that may be in the set or not.</summary>
    public required ImmutableArray<string> Silos { get; init; }

    /// <summary>Distinguishes this cluster from others that share a membership table.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The prefix of the keys of Azure records. Under another service id, stored data is not found.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The address at which other silos and clients reach this one: an IP address, or a host name that is resolved at the start.</summary>
    public required string Address { get; init; }

    /// <summary>The port for other silos. Null means the default port, or any free port when only this machine reaches the silo.</summary>
    public int? SiloPort { get; init; }

    /// <summary>The port for Orleans clients. Null has the same meaning as for <see cref="SiloPort"/>.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>The membership file of the silos on this machine; null when membership is in Azure.</summary>
    public required string? MembershipFile { get; init; }

    /// <summary>The options of the consensus protocol.</summary>
    public required PaxosOptions Paxos { get; init; }

    /// <summary>A callback that configures each silo, given its name, for a program that embeds this host; null by default.</summary>
    public Action<string, ISiloBuilder>? Embedding { get; init; }

    /// <summary>Whether this process is the whole cluster, and not one silo of it.</summary>
    public required bool HoldsWholeSet { get; init; }

    /// <summary>Gets the folder of an acceptor.</summary>
    /// <param name="acceptor">The acceptor's name.</param>
    public string DirectoryOf(string acceptor) => Path.Combine(DataDirectory, acceptor);

    /// <summary>Describes, for display, where the acceptors of this process store their registers.</summary>
    public string DescribeStorage() => Storage switch
    {
        StorageKind.Sqlite => DataDirectory,
        StorageKind.AzureTable => $"{DescribeAccounts()}, table {Azure.Table}",
        _ => $"{DescribeAccounts()}, container {Azure.Container}",
    };

    private string DescribeAccounts() => $"{Storage.Name()}, {string.Join(", ", Silos.Select(silo => Azure.Accounts[silo].Describe(Storage)))}";
}
