namespace Orleans.Paxos.Silo.Settings;

/// <summary>The section <c>Paxos:Azure</c>.</summary>
internal sealed class AzureOptions
{
    /// <summary>The storage account of each acceptor, by the acceptor's name. Those of other processes may be among them.</summary>
    public Dictionary<string, AzureAccountOptions> Accounts { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the table in each account.</summary>
    public string Table { get; set; } = "paxos";

    /// <summary>The name of the container in each account.</summary>
    public string Container { get; set; } = "paxos";

    /// <summary>Where the silos find each other; null when they do so in a file.</summary>
    public AzureMembershipOptions? Membership { get; set; }

    /// <summary>The client id of the managed identity that opens accounts without a connection string; null for the only one.</summary>
    public string? ManagedIdentityClientId { get; set; }
}

/// <summary>A storage account: a connection string, which is a secret, or an address that an identity opens. A class, because a record would print the secret.</summary>
internal class AzureTableAccountOptions
{
    public string? ConnectionString { get; set; }

    public string? TableEndpoint { get; set; }
}

/// <summary>The account of the table in which the silos find each other.</summary>
internal sealed class AzureMembershipOptions : AzureTableAccountOptions
{
    public string Table { get; set; } = "paxosmembers";
}

/// <summary>The account of an acceptor.</summary>
internal sealed class AzureAccountOptions : AzureTableAccountOptions
{
    public string? BlobEndpoint { get; set; }

    /// <summary>Both endpoints, first the one that a kind of storage uses.</summary>
    public (string Key, string? Address)[] EndpointsFor(StorageKind storage)
    {
        var (table, blob) = ((nameof(TableEndpoint), TableEndpoint), (nameof(BlobEndpoint), BlobEndpoint));
        return storage == StorageKind.AzureTable ? [table, blob] : [blob, table];
    }

    /// <summary>The account's name, for people.</summary>
    public string? Describe(StorageKind storage) => ConnectionString is { } secret
        ? AzureStorageNames.DescribeAccount(secret)
        : $"account {new Uri(EndpointsFor(storage)[0].Address!).Host}";
}
