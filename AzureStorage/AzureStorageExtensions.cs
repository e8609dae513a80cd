using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos;

/// <summary>
/// Stores an acceptor's records in an Azure storage account. Give each acceptor its own account, so that a lost account is only a lost
/// minority.
/// </summary>
public static partial class AzureStorageExtensions
{
    /// <summary>The default name of the table or container.</summary>
    public const string DefaultName = "paxos";

    /// <summary>
    /// Stores records in a table of Azure Table storage, one entity for each record, of at most 960 KiB. Transient failures are retried
    /// within <see cref="PaxosOptions.AcceptorTimeout"/>. While the account does not answer, the acceptor reports this and is left out.
    /// </summary>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="connectionString">The account's connection string from the Azure portal. It is a secret: it appears in no log, status
    /// or error.</param>
    /// <param name="table">The table, which is created if it is missing. Its name has 3 to 63 letters and digits and starts with a
    /// letter.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The connection string or the name of the table cannot be used.</exception>
    public static PaxosSiloBuilder UseAzureTableStorage(this PaxosSiloBuilder paxos, string connectionString, string table = DefaultName) =>
        AzureProviders.AddTable(paxos, AzureAccount.Of(connectionString), AzureStorageNames.Table(table));

    /// <summary>Stores records in a container of Azure Blob storage, one blob for each record.</summary>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="connectionString">The account's connection string from the Azure portal. It is a secret: it appears in no log, status
    /// or error.</param>
    /// <param name="container">The container, which is created if it is missing. Its name has 3 to 63 lower-case letters, digits and
    /// single hyphens between them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The connection string or the name of the container cannot be used.</exception>
    public static PaxosSiloBuilder UseAzureBlobStorage(this PaxosSiloBuilder paxos, string connectionString, string container = DefaultName) =>
        AzureProviders.AddBlobs(paxos, AzureAccount.Of(connectionString), AzureStorageNames.Container(container));
}
