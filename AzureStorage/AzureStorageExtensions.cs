using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos;

/// <summary>Stores an acceptor's records in an Azure storage account. Give each acceptor an account of its own: a lost account is then a lost minority.</summary>
public static partial class AzureStorageExtensions
{
    /// <summary>The name of the table or container, unless another is given.</summary>
    public const string DefaultName = "paxos";

    /// <summary>
    /// Stores in a table of Azure Table storage: one entity for each record, at most 960 KiB. Transient failures are tried
    /// again within <see cref="PaxosOptions.AcceptorTimeout"/>, and while the account does not answer the acceptor says so and is left out.
    /// </summary>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="connectionString">The account, as the Azure portal gives it. It is a secret: it appears in no log, status or error.</param>
    /// <param name="table">The table, made when it is missing: 3 to 63 letters and digits, a letter first.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The connection string or the name of the table cannot be used.</exception>
    public static PaxosSiloBuilder UseAzureTableStorage(this PaxosSiloBuilder paxos, string connectionString, string table = DefaultName) =>
        AzureProviders.AddTable(paxos, AzureAccount.Of(connectionString), AzureStorageNames.Table(table));

    /// <summary>Stores in a container of Azure Blob storage: one blob for each record.</summary>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="connectionString">The account, as the Azure portal gives it. It is a secret: it appears in no log, status or error.</param>
    /// <param name="container">The container, made when it is missing: 3 to 63 lower-case letters, digits and single hyphens between them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The connection string or the name of the container cannot be used.</exception>
    public static PaxosSiloBuilder UseAzureBlobStorage(this PaxosSiloBuilder paxos, string connectionString, string container = DefaultName) =>
        AzureProviders.AddBlobs(paxos, AzureAccount.Of(connectionString), AzureStorageNames.Container(container));
}
