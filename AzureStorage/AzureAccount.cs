using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Orleans.Paxos.AzureStorage;

/// <summary>A storage account and its clients. Its credentials are secrets, so the account never prints them.</summary>
internal sealed class AzureAccount
{
    private readonly Func<TableClientOptions, TableServiceClient> _tables;
    private readonly Func<BlobClientOptions, BlobServiceClient> _blobs;
    private readonly string _name;

    private AzureAccount(
        string name, Func<TableClientOptions, TableServiceClient> tables, Func<BlobClientOptions, BlobServiceClient> blobs) =>
        (_name, _tables, _blobs) = (name, tables, blobs);

    /// <summary>Creates an account from its connection string.</summary>
    /// <exception cref="ArgumentException">The connection string is not valid. The message does not contain it.</exception>
    public static AzureAccount Of(string connectionString)
    {
        try
        {
            var name = new TableServiceClient(connectionString).AccountName;
            return new AzureAccount(
                name,
                options => new TableServiceClient(connectionString, options),
                options => new BlobServiceClient(connectionString, options));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ArgumentException("The connection string of a storage account cannot be used: it needs AccountName and AccountKey, or the endpoints and a SharedAccessSignature.", nameof(connectionString));
        }
    }

    /// <summary>Creates an account from its table endpoint or its blob endpoint, whichever is used.</summary>
    public static AzureAccount Of(Uri endpoint, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new AzureAccount(
            endpoint.Host,
            options => new TableServiceClient(endpoint, credential, options),
            options => new BlobServiceClient(endpoint, credential, options));
    }

    /// <summary>Creates a client without retries, because the guard retries within the time limit.</summary>
    public TableServiceClient Tables(TimeSpan timeLimit) => _tables(WithoutRetries(new TableClientOptions(), timeLimit));

    /// <inheritdoc cref="Tables"/>
    public BlobServiceClient Blobs(TimeSpan timeLimit) => _blobs(WithoutRetries(new BlobClientOptions(), timeLimit));

    public override string ToString() => $"account {_name}";

    private static T WithoutRetries<T>(T options, TimeSpan timeLimit)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = timeLimit;
        return options;
    }
}
