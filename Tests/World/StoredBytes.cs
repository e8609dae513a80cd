using Orleans.Storage;

namespace Orleans.Paxos.Tests.World;

/// <summary>Changes records behind the back of whoever uses them.</summary>
internal static class StoredBytes
{
    /// <summary>Replaces the bytes of a record.</summary>
    public static async Task ReplaceAsync(this IGrainStorage storage, string stateName, GrainId key, Func<byte[], byte[]> replace)
    {
        var record = await ReadAsync(storage, stateName, key);
        record.State!.Bytes = replace(record.State.Bytes);
        await storage.WriteStateAsync(stateName, key, record);
    }

    /// <summary>Removes a record.</summary>
    public static async Task RemoveAsync(this IGrainStorage storage, string stateName, GrainId key) =>
        await storage.ClearStateAsync(stateName, key, await ReadAsync(storage, stateName, key));

    private static async Task<GrainState<StoredRecord>> ReadAsync(IGrainStorage storage, string stateName, GrainId key)
    {
        var record = new GrainState<StoredRecord>(new StoredRecord());
        await storage.ReadStateAsync(stateName, key, record);
        return record;
    }
}
