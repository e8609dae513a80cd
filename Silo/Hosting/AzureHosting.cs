using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Azure in the settings of a silo: accounts as storage and as the place where silos find each other.</summary>
internal static class AzureHosting
{
    // Orleans asks again by itself; an answer that takes longer than this is none.
    private static readonly TimeSpan MembershipTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes an account the storage of an acceptor.</summary>
    /// <param name="paxos">Consensus on the acceptor's silo.</param>
    /// <param name="kind">Table or blobs.</param>
    /// <param name="account">The account.</param>
    /// <param name="azure">The names in it, and the identity that opens it.</param>
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

    /// <summary>Lets a silo find the others in a table.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="table">The table and its account, the same for all.</param>
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

    /// <summary>Explains a failure of the start in which an account had a part: that with the membership, because the acceptors' are first asked later.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>One line without secrets; null when no account had a part.</returns>
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
