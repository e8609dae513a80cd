using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Local;

/// <summary>The records of all memory storages of a cluster; it outlives the silos.</summary>
internal sealed class MemoryRecords
{
    private readonly ConcurrentDictionary<(string Provider, string StateName, GrainId GrainId), MemoryRecord> _records = new();

    public MemoryRecord For(string provider, string stateName, GrainId grainId) =>
        _records.GetOrAdd((provider, stateName, grainId), static _ => new MemoryRecord());
}

/// <summary>One record: its bytes and the number of writes so far, which is its ETag.</summary>
internal sealed class MemoryRecord
{
    private readonly Lock _gate = new();
    private BinaryData? _bytes;
    private long _writes;

    public (BinaryData? Bytes, string? ETag) Read()
    {
        lock (_gate)
            return (_bytes, ETag);
    }

    public string? Replace(BinaryData? bytes, string? expectedETag)
    {
        lock (_gate)
        {
            if (expectedETag != ETag)
            {
                throw new InconsistentStateException(
                    $"The record changed since it was read: its ETag is {ETag ?? "none"}, the writer's is {expectedETag ?? "none"}. Nothing was written; read it again.",
                    ETag,
                    expectedETag);
            }

            _writes++;
            _bytes = bytes;
            return ETag;
        }
    }

    private string? ETag => _bytes is null ? null : _writes.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Grain storage in memory. Records are kept as bytes, so nothing is shared with the grains.</summary>
internal sealed class MemoryGrainStorage(string name, MemoryRecords records, IGrainStorageSerializer serializer) : IGrainStorage
{
    public static MemoryGrainStorage Create(IServiceProvider services, string name) =>
        new(name, services.GetRequiredService<MemoryRecords>(), services.GetRequiredService<IGrainStorageSerializer>());

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (bytes, eTag) = records.For(name, stateName, grainId).Read();
        grainState.State = bytes is null ? NewState<T>() : serializer.Deserialize<T>(bytes);
        grainState.ETag = eTag;
        grainState.RecordExists = bytes is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            var bytes = serializer.Serialize(grainState.State);
            grainState.ETag = records.For(name, stateName, grainId).Replace(bytes, grainState.ETag);
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            records.For(name, stateName, grainId).Replace(null, grainState.ETag);
            grainState.State = NewState<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    // As with Orleans, a missing record is a new one where its type can be made.
    private static T? NewState<T>() => typeof(T).GetConstructor(Type.EmptyTypes) is null ? default : Activator.CreateInstance<T>();
}
