namespace Orleans.Paxos;

/// <summary>Azure in a build without it: the settings refuse what would need it, so nothing here is reached with any.</summary>
internal static class AzureHosting
{
    /// <summary>Whether this build has Azure storage.</summary>
    public const bool IsBuilt = false;

    /// <summary>The account of a connection string; this build takes any for one.</summary>
    /// <param name="connectionString">The connection string, a secret.</param>
    public static string? DescribeAccount(string connectionString) => "account";

    /// <summary>Whether a table can have this name; this build takes any.</summary>
    /// <param name="name">The name.</param>
    public static bool IsTableName(string name) => true;

    /// <summary>Whether a container can have this name; this build takes any.</summary>
    /// <param name="name">The name.</param>
    public static bool IsContainerName(string name) => true;

    /// <summary>Refuses.</summary>
    /// <param name="paxos">Consensus on the acceptor's silo.</param>
    /// <param name="kind">Table or blobs.</param>
    /// <param name="account">The account.</param>
    /// <param name="azure">The names in it.</param>
    public static void UseAccount(PaxosSiloBuilder paxos, StorageKind kind, AzureAccountSettings account, AzureSettings azure) => throw NotBuilt();

    /// <summary>Refuses.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="account">The account.</param>
    /// <param name="azure">The table's name.</param>
    public static void UseMembership(ISiloBuilder silo, AzureAccountSettings account, AzureSettings azure) => throw NotBuilt();

    /// <summary>Explains a failure of the start; none comes from an account here.</summary>
    /// <param name="exception">The failure.</param>
    public static string? Explain(Exception exception) => null;

    private static NotSupportedException NotBuilt() => new("This build has no Azure storage.");
}
