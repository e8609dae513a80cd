namespace Orleans.Paxos.Silo.Settings;

/// <summary>The section <c>Paxos:Azure</c>.</summary>
internal sealed class AzureOptions
{
    /// <summary>The storage account of each acceptor, by the acceptor's name. It may contain acceptors of other processes.</summary>
    public Dictionary<string, AzureAccountOptions> Accounts { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the table in each account.</summary>
    public string Table { get; set; } = "paxos";

    /// <summary>The name of the container in each account.</summary>
    public string Container { get; set; } = "paxos";

    /// <summary>The account of the membership table; null when the silos use a membership file.</summary>
    public AzureMembershipOptions? Membership { get; set; }

    /// <summary>The client id of the managed identity that opens accounts without a connection string; null when there is only one identity.</summary>
    public string? ManagedIdentityClientId { get; set; }
}

/// <summary>A storage account: a connection string, which is a secret, or an address that an identity opens. This is a class because a record would print the secret.</summary>
internal class AzureTableAccountOptions
{
    public string? ConnectionString { get; set; }

    public string? TableEndpoint { get; set; }
}

/// <summary>The account of the membership table.</summary>
internal sealed class AzureMembershipOptions : AzureTableAccountOptions
{
    public string Table { get; set; } = "paxosmembers";
}

/// <summary>The account of an acceptor.</summary>
internal sealed class AzureAccountOptions : AzureTableAccountOptions
{
    public string? BlobEndpoint { get; set; }

    /// <summary>Gets both endpoints, starting with the one that a kind of storage uses.</summary>
    public (string Key, string? Address)[] EndpointsFor(StorageKind storage)
    {
        var (table, blob) = ((nameof(TableEndpoint), TableEndpoint), (nameof(BlobEndpoint), BlobEndpoint));
        return storage == StorageKind.AzureTable ? [table, blob] : [blob, table];
    }

    /// <summary>Gets the account's name for display.</summary>
    public string? Describe(StorageKind storage) => ConnectionString is { } secret
        ? AzureStorageNames.DescribeAccount(secret)
        : $"account {new Uri(EndpointsFor(storage)[0].Address!).Host}";
}
