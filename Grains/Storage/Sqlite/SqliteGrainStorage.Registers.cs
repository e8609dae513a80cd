namespace Orleans.Paxos.Storage.Sqlite;

internal sealed partial class SqliteGrainStorage
{
    /// <inheritdoc/>
    public async Task CommitAsync(IReadOnlyList<RegisterWrite> writes)
    {
        var queued = new List<QueuedWrite>(writes.Count);
        foreach (var write in writes)
        {
            // Refuse what cannot be written before it is queued: within the transaction, it would make the other writes fail, too.
            if (write.Addition is { } addition)
                Check(addition);
            queued.Add(NewWrite(write.StateName, write.GrainId, write.Record.ETag, write.Record.State!.Bytes, write.Addition));
        }

        await Store.WriteAsync(queued);
        for (var index = 0; index < queued.Count; index++)
        {
            writes[index].Refusal = queued[index].Refusal();
            if (writes[index].Refusal is null)
                Written(writes[index].Record, queued[index]);
        }
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

    private static void Check(RegisterAddition addition)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(addition.Entries.IsDefault, true, nameof(addition));
        RecordKey.StrictUtf8.GetByteCount(addition.List);
        RecordKey.StrictUtf8.GetByteCount(addition.Name ?? "");
    }
}
