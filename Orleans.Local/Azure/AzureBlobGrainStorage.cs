using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.WindowsAzure.Storage;
using Microsoft.WindowsAzure.Storage.Blob;
using Microsoft.WindowsAzure.Storage.RetryPolicies;
using Orleans.Configuration;
using Orleans.Local;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain storage in Azure blobs: the same names and conditions as the provider of Orleans.</summary>
/// <param name="options">Where it stores.</param>
public sealed class AzureBlobGrainStorage(AzureBlobStorageOptions options) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly CloudBlobContainer _container = Open(options);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(AzureBlobGrainStorage), ServiceLifecycleStage.ApplicationServices, _ => _container.CreateIfNotExistsAsync());

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var blob = Blob(stateName, grainId);
        using var content = new MemoryStream();
        try
        {
            await blob.DownloadToStreamAsync(content).ConfigureAwait(false);
        }
        catch (StorageException exception) when (AzureRequests.Status(exception) == 404)
        {
            AzureRequests.Blank(grainState);
            return;
        }

        AzureRequests.Blank(grainState);
        grainState.RecordExists = content.Length > 0;
        if (grainState.RecordExists)
            grainState.State = options.GrainStorageSerializer.Deserialize<T>(new BinaryData(content.ToArray()))!;
        grainState.ETag = blob.Properties.ETag;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var blob = Blob(stateName, grainId);
        var data = options.GrainStorageSerializer.Serialize(grainState.State).ToArray();
        await AzureRequests.ConditionallyAsync(
            async () =>
            {
                await blob.UploadFromByteArrayAsync(data, 0, data.Length, Condition(grainState.ETag), null, null).ConfigureAwait(false);
                return blob;
            },
            stateName,
            grainId,
            grainState.ETag).ConfigureAwait(false);
        grainState.ETag = blob.Properties.ETag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var blob = Blob(stateName, grainId);
        await AzureRequests.ConditionallyAsync(
            () => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.None, Condition(grainState.ETag), null, null), stateName, grainId, grainState.ETag).ConfigureAwait(false);
        AzureRequests.Blank(grainState);
    }

    private static CloudBlobContainer Open(AzureBlobStorageOptions options)
    {
        var client = CloudStorageAccount.Parse(options.ConnectionString).CreateCloudBlobClient();
        client.DefaultRequestOptions = new BlobRequestOptions { RetryPolicy = new NoRetry(), MaximumExecutionTime = options.RequestTimeout };
        return client.GetContainerReference(options.ContainerName);
    }

    private static AccessCondition Condition(string? etag) =>
        etag is null ? AccessCondition.GenerateIfNotExistsCondition() : AccessCondition.GenerateIfMatchCondition(etag);

    private CloudBlockBlob Blob(string stateName, GrainId grainId) => _container.GetBlockBlobReference($"{stateName}-{grainId}.json");
}

/// <summary>Makes <see cref="AzureBlobGrainStorage"/>.</summary>
public static class AzureBlobGrainStorageFactory
{
    /// <summary>Makes it with the options of its name.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The storage, not started.</returns>
    public static AzureBlobGrainStorage Create(IServiceProvider services, string name) =>
        new(services.GetRequiredService<IOptionsMonitor<AzureBlobStorageOptions>>().Get(name));
}
