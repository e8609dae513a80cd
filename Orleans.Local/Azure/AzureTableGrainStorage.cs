using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.WindowsAzure.Storage;
using Microsoft.WindowsAzure.Storage.RetryPolicies;
using Microsoft.WindowsAzure.Storage.Table;
using Orleans.Configuration;
using Orleans.Local;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain storage in an Azure table: the same keys, columns and conditions as the provider of Orleans.</summary>
/// <param name="options">Where it stores.</param>
/// <param name="cluster">The service id, with which every key starts.</param>
public sealed class AzureTableGrainStorage(AzureTableStorageOptions options, ClusterOptions cluster) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly CloudTable _table = Open(options);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(AzureTableGrainStorage), ServiceLifecycleStage.ApplicationServices, _ => _table.CreateIfNotExistsAsync());

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var read = TableOperation.Retrieve<DynamicTableEntity>(PartitionKey(grainId), Sanitize(stateName));
        if ((await _table.ExecuteAsync(read).ConfigureAwait(false)).Result is not DynamicTableEntity entity)
        {
            AzureRequests.Blank(grainState);
            return;
        }

        var data = TableColumns.Join(entity.Properties);
        AzureRequests.Blank(grainState);
        grainState.RecordExists = data.Length > 0;
        if (grainState.RecordExists)
            grainState.State = options.GrainStorageSerializer.Deserialize<T>(new BinaryData(data))!;
        grainState.ETag = entity.ETag;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entity = Entity(stateName, grainId, grainState.ETag);
        TableColumns.Split(options.GrainStorageSerializer.Serialize(grainState.State).ToArray(), entity.Properties);
        var write = entity.ETag is null ? TableOperation.Insert(entity) : TableOperation.Replace(entity);
        grainState.ETag = await ExecuteAsync(write, stateName, grainId, grainState.ETag).ConfigureAwait(false);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entity = Entity(stateName, grainId, grainState.ETag);
        if (options.DeleteStateOnClear)
        {
            if (entity.ETag is not null)
                await ExecuteAsync(TableOperation.Delete(entity), stateName, grainId, grainState.ETag).ConfigureAwait(false);
            AzureRequests.Blank(grainState);
            return;
        }

        var clear = entity.ETag is null ? TableOperation.Insert(entity) : TableOperation.Replace(entity);
        var etag = await ExecuteAsync(clear, stateName, grainId, grainState.ETag).ConfigureAwait(false);
        AzureRequests.Blank(grainState);
        grainState.ETag = etag;
    }

    private static CloudTable Open(AzureTableStorageOptions options)
    {
        var client = CloudStorageAccount.Parse(options.ConnectionString).CreateCloudTableClient();
        client.DefaultRequestOptions = new TableRequestOptions { RetryPolicy = new NoRetry(), MaximumExecutionTime = options.RequestTimeout };
        return client.GetTableReference(options.TableName);
    }

    /// <summary>The characters that no key of a table may have become one that it may.</summary>
    private static string Sanitize(string key) => key.Replace('/', '_').Replace('\\', '_').Replace('#', '_').Replace('?', '_');

    private string PartitionKey(GrainId grainId) => Sanitize($"{cluster.ServiceId}_{grainId}");

    private DynamicTableEntity Entity(string stateName, GrainId grainId, string? etag) =>
        new(PartitionKey(grainId), Sanitize(stateName)) { ETag = etag };

    private Task<string> ExecuteAsync(TableOperation operation, string stateName, GrainId grainId, string? etag) =>
        AzureRequests.ConditionallyAsync(
            async () => (await _table.ExecuteAsync(operation).ConfigureAwait(false)).Etag, stateName, grainId, etag);
}

/// <summary>Makes <see cref="AzureTableGrainStorage"/>.</summary>
public static class AzureTableGrainStorageFactory
{
    /// <summary>Makes it with the options of its name.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The storage, not started.</returns>
    public static AzureTableGrainStorage Create(IServiceProvider services, string name) => new(
        services.GetRequiredService<IOptionsMonitor<AzureTableStorageOptions>>().Get(name),
        services.GetRequiredService<IOptions<ClusterOptions>>().Value);
}
