using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Configures a silo to use Azure storage accounts for its acceptor and for cluster membership.</summary>
internal static class AzureHosting
{
    // Orleans retries; an attempt that takes longer than this counts as failed.
    private static readonly TimeSpan MembershipTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Stores an acceptor in an Azure storage account.</summary>
    /// <param name="paxos">The consensus builder of the acceptor's silo.</param>
    /// <param name="kind">Table or blobs.</param>
    /// <param name="account">The account.</param>
    /// <param name="azure">The table and container names, and the identity that opens the account.</param>
    public static void UseAccount(PaxosSiloBuilder paxos, StorageKind kind, AzureAccountOptions account, AzureOptions azure)
    {
        _ = (kind, account) switch
        {
            (StorageKind.AzureTable, { ConnectionString: { } secret }) => paxos.UseAzureTableStorage(secret, azure.Table),
            (StorageKind.AzureTable, _) => paxos.UseAzureTableStorage(new Uri(account.TableEndpoint!), Identity(azure), azure.Table),
            (_, { ConnectionString: { } secret }) => paxos.UseAzureBlobStorage(secret, azure.Container),
            _ => paxos.UseAzureBlobStorage(new Uri(account.BlobEndpoint!), Identity(azure), azure.Container),
        };
    }

    /// <summary>Uses an Azure table for cluster membership.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="table">The table and its account, the same for all silos.</param>
    /// <param name="azure">The identity that opens the account.</param>
    public static void UseMembership(ISiloBuilder silo, AzureMembershipOptions table, AzureOptions azure) =>
        silo.UseAzureStorageClustering(options =>
        {
            var client = new TableClientOptions();
            client.Retry.NetworkTimeout = MembershipTimeout;
            options.TableName = table.Table;
            options.TableServiceClient = table.ConnectionString is { } secret
                ? new TableServiceClient(secret, client)
                : new TableServiceClient(new Uri(table.TableEndpoint!), Identity(azure), client);
        });

    /// <summary>Explains a startup failure that a storage account caused. Only the membership table can cause one; acceptors use their accounts later.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>One line without secrets; null when no account was involved.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } refused => Explain($"it answers {refused.Status} {refused.ErrorCode}"),
        RequestFailedException => Explain("it cannot be reached"),
        AuthenticationFailedException => Explain($"no identity of this machine opens it ({exception.GetType().Name})"),
        _ => null,
    };

    private static string Explain(string reason) =>
        $"The table in which the silos find each other (Azure:Membership) cannot be used: {reason}. A silo cannot start without it; those that run go on.";

    private static DefaultAzureCredential Identity(AzureOptions azure) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = azure.ManagedIdentityClientId });
}
