using Microsoft.Extensions.Logging.Abstractions;

namespace Orleans.Paxos.Tests;

/// <summary>Opens the SQLite storage without a silo.</summary>
internal static class SqliteStorages
{
    public static SqliteGrainStorage Open(string directory, int maximumRecordBytes = SqliteGrainStorageOptions.LargestRecordBytes)
    {
        var storage = new SqliteGrainStorage(
            "test",
            new() { Directory = directory, MaximumRecordBytes = maximumRecordBytes },
            new StoredRecordSerializer(new JsonStorageSerializer()),
            NullLogger<SqliteGrainStorage>.Instance);
        try
        {
            storage.Open();
            return storage;
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    public static GrainId Grain(string key) => GrainId.Create("test", key);

    public static async Task<string> WriteAsync(this SqliteGrainStorage storage, string key, byte[] bytes, string? etag = null)
    {
        var state = new GrainState<StoredRecord> { State = new() { Bytes = bytes }, ETag = etag };
        await storage.WriteStateAsync("state", Grain(key), state);
        return state.ETag!;
    }

    /// <returns>The bytes; null when there is no record.</returns>
    public static async Task<byte[]?> ReadAsync(this SqliteGrainStorage storage, string key)
    {
        var state = new GrainState<StoredRecord>();
        await storage.ReadStateAsync("state", Grain(key), state);
        return state.RecordExists ? state.State!.Bytes : null;
    }
}
