namespace Orleans.Paxos;

/// <summary>Azure in this build: what its names and connection strings must be like.</summary>
internal static partial class AzureHosting
{
    /// <summary>Whether this build has Azure storage.</summary>
    public const bool IsBuilt = true;

    /// <summary>The account of a connection string, for people; null when it is no connection string.</summary>
    /// <param name="connectionString">The connection string, a secret.</param>
    public static string? DescribeAccount(string connectionString)
    {
        try
        {
            return AzureAccount.Of(connectionString).ToString();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a table can have this name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsTableName(string name) => AzureName.IsTable(name);

    /// <summary>Whether a container can have this name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsContainerName(string name) => AzureName.IsContainer(name);
}
