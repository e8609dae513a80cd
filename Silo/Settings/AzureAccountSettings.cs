namespace Orleans.Paxos.Silo.Settings;

/// <summary>A storage account and how it is opened. A class that prints its name only: a record would print the connection string.</summary>
/// <param name="name">The account's name, for people.</param>
/// <param name="connectionString">The connection string, a secret; null for an account that an identity opens.</param>
/// <param name="endpoint">The address that an identity opens; null for an account with a connection string.</param>
internal sealed class AzureAccountSettings(string name, string? connectionString, Uri? endpoint)
{
    /// <summary>The connection string, a secret; null for an account that an identity opens.</summary>
    public string? ConnectionString => connectionString;

    /// <summary>The address that an identity opens; null for an account with a connection string.</summary>
    public Uri? Endpoint => endpoint;

    /// <summary>Whether another is the same account, as far as its settings show.</summary>
    public bool IsSameAs(AzureAccountSettings other) => connectionString == other.ConnectionString && endpoint == other.Endpoint;

    /// <inheritdoc/>
    public override string ToString() => name;
}
