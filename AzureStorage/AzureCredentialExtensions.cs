using Azure.Core;
using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos;

/// <summary>Adds storage accounts that are opened with a managed identity or another token, without a key.</summary>
public static partial class AzureStorageExtensions
{
    /// <inheritdoc cref="UseAzureTableStorage(PaxosSiloBuilder, string, string)"/>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="endpoint">The endpoint of the account's tables, such as <c>https://NAME.table.core.windows.net</c>.</param>
    /// <param name="credential">The identity, with the role "Storage Table Data Contributor" on the account.</param>
    /// <param name="table">The table, which is created if it is missing. Its name has 3 to 63 letters and digits and starts with a
    /// letter.</param>
    public static PaxosSiloBuilder UseAzureTableStorage(
        this PaxosSiloBuilder paxos, Uri endpoint, TokenCredential credential, string table = DefaultName) =>
        AzureProviders.AddTable(paxos, AzureAccount.Of(endpoint, credential), AzureStorageNames.Table(table));

    /// <inheritdoc cref="UseAzureBlobStorage(PaxosSiloBuilder, string, string)"/>
    /// <param name="paxos">Consensus on this silo.</param>
    /// <param name="endpoint">The endpoint of the account's blobs, such as <c>https://NAME.blob.core.windows.net</c>.</param>
    /// <param name="credential">The identity, with the role "Storage Blob Data Contributor" on the account.</param>
    /// <param name="container">The container, which is created if it is missing. Its name has 3 to 63 lower-case letters, digits and
    /// single hyphens between them.</param>
    public static PaxosSiloBuilder UseAzureBlobStorage(
        this PaxosSiloBuilder paxos, Uri endpoint, TokenCredential credential, string container = DefaultName) =>
        AzureProviders.AddBlobs(paxos, AzureAccount.Of(endpoint, credential), AzureStorageNames.Container(container));
}
