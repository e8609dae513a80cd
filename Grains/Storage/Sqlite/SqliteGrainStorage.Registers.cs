namespace Orleans.Paxos.Storage.Sqlite;

internal sealed partial class SqliteGrainStorage
{
    /// <inheritdoc/>
    public Task WriteRegisterAsync(string stateName, GrainId grainId, IGrainState<StoredRecord> record, RegisterAddition addition)
    {
        // Refuse what cannot be written before it is queued: within the transaction, it would make the other writes fail, too.
        ArgumentOutOfRangeException.ThrowIfEqual(addition.Entries.IsDefault, true, nameof(addition));
        RecordKey.StrictUtf8.GetByteCount(addition.List);
        RecordKey.StrictUtf8.GetByteCount(addition.Name ?? "");
        return WriteAsync(stateName, grainId, record, record.State!.Bytes, addition);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion)
    {
        var key = RecordKey.Of(stateName, grainId);
        return Store.ReadAsync(reader => reader.Entries(key, firstVersion));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count) =>
        Store.ReadAsync(reader => reader.Names(list, first, count));

    /// <inheritdoc/>
    public Task<long> CountNamesAsync(string list) => Store.ReadAsync(reader => reader.CountNames(list));
}
