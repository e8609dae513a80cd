using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Opens the SQLite storage without a silo.</summary>
internal static class SqliteStorages
{
    /// <summary>Opens it on a disk of a test. If that fails, the storage stays out, because its clock stands still.</summary>
    public static SqliteGrainStorage Open(string directory, IDiskSteps disk) =>
        Open(directory, new SqliteStoreSettings { Disk = disk, Clock = new FakeTimeProvider() });

    public static SqliteGrainStorage Open(
        string directory, SqliteStoreSettings? settings = null, int maximumRecordBytes = SqliteGrainStorageOptions.LargestRecordBytes)
    {
        var storage = new SqliteGrainStorage(
            "test",
            new() { Directory = directory, MaximumRecordBytes = maximumRecordBytes },
            settings ?? SqliteStoreSettings.Default,
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

    /// <summary>Writes a version of a record together with its name and the entry of the previous version.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="key">The record's key, which is also its name.</param>
    /// <param name="record">The record as it was last written; receives its new ETag.</param>
    /// <param name="version">The version.</param>
    /// <param name="firstVersion">The first version of its history.</param>
    /// <param name="entryBytes">The size of an entry in bytes.</param>
    public static Task WriteVersionAsync(
        this SqliteGrainStorage storage, string key, GrainState<StoredRecord> record, long version, long firstVersion, int entryBytes = 20)
    {
        record.State = new() { Bytes = Entry(key, version, 40) };
        var addition = new RegisterAddition([new NameChange("list", key)], firstVersion, [new(version - 1, Entry(key, version - 1, entryBytes))]);
        return storage.WriteRegisterAsync("state", Grain(key), record, addition);
    }

    /// <returns>The versions of a record in the history, whose bytes have been checked.</returns>
    public static async Task<long[]> HistoryVersionsAsync(this SqliteGrainStorage storage, string key, long firstVersion, int entryBytes = 20)
    {
        var entries = await storage.ReadEntriesAsync("state", Grain(key), firstVersion);
        Assert.All(entries, entry => Assert.Equal(Entry(key, entry.Version, entryBytes), entry.Bytes));
        return [.. entries.Select(entry => entry.Version)];
    }

    private static byte[] Entry(string key, long version, int bytes) =>
        [.. Enumerable.Range(0, bytes).Select(index => (byte)(key[^1] + (version * 7) + index))];
}
