using Microsoft.WindowsAzure.Storage;

namespace Orleans.Paxos;

/// <summary>A storage account. Its connection string is a secret, so the account never prints it.</summary>
internal sealed class AzureAccount
{
    private AzureAccount(string connectionString, string name) => (ConnectionString, Name) = (connectionString, name);

    public string ConnectionString { get; }

    /// <summary>The account's name, for people; its address where a connection string with a signature does not name it.</summary>
    public string Name { get; }

    public static AzureAccount Of(string connectionString) =>
        CloudStorageAccount.TryParse(connectionString, out var account)
            ? new AzureAccount(connectionString, account.Credentials.AccountName ?? (account.TableEndpoint ?? account.BlobEndpoint).Authority)
            : throw new ArgumentException("The connection string of a storage account cannot be used: it needs AccountName and AccountKey, or the endpoints and a SharedAccessSignature.", nameof(connectionString));

    public override string ToString() => $"account {Name}";
}
