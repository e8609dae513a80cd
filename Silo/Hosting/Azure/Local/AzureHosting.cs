namespace Orleans.Paxos;

internal static partial class AzureHosting
{
    /// <summary>Makes an account the storage of an acceptor.</summary>
    /// <param name="paxos">Consensus on the acceptor's silo.</param>
    /// <param name="kind">Table or blobs.</param>
    /// <param name="account">The account, with its connection string: the stand-in knows no identities.</param>
    /// <param name="azure">The names in it.</param>
    public static void UseAccount(PaxosSiloBuilder paxos, StorageKind kind, AzureAccountSettings account, AzureSettings azure)
    {
        if (kind == StorageKind.AzureTable)
            paxos.UseAzureTableStorage(account.ConnectionString!, azure.Table);
        else
            paxos.UseAzureBlobStorage(account.ConnectionString!, azure.Container);
    }

    /// <summary>Explains a failure of the start; none comes from an account here, because accounts are first asked later.</summary>
    /// <param name="exception">The failure.</param>
    public static string? Explain(Exception exception) => null;
}
