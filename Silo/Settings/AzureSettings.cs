namespace Orleans.Paxos.Silo.Settings;

/// <summary>What this process uses in Azure, checked.</summary>
internal sealed record AzureSettings
{
    /// <summary>Nothing.</summary>
    public static AzureSettings None { get; } = new();

    /// <summary>The account of each acceptor of this process; empty when they store elsewhere.</summary>
    public ImmutableDictionary<string, AzureAccountSettings> Accounts { get; init; } = ImmutableDictionary<string, AzureAccountSettings>.Empty;

    /// <summary>The name of the table in each account.</summary>
    public string Table { get; init; } = AzureSettingsReader.DefaultName;

    /// <summary>The name of the container in each account.</summary>
    public string Container { get; init; } = AzureSettingsReader.DefaultName;

    /// <summary>The account of the table in which the silos find each other; null when they do so in a file.</summary>
    public AzureAccountSettings? Membership { get; init; }

    /// <summary>The name of that table.</summary>
    public string MembershipTable { get; init; } = AzureSettingsReader.DefaultMembershipTable;

    /// <summary>The client id of the managed identity that opens accounts without a connection string; null for the only one.</summary>
    public string? ManagedIdentityClientId { get; init; }
}
