namespace Orleans.Paxos.Storage.Sqlite;

internal sealed partial class SqliteGrainStorage
{
    /// <inheritdoc/>
    public async Task CommitAsync(IReadOnlyList<RegisterWrite> writes)
    {
        var queued = new List<(RegisterWrite Write, QueuedWrite Queued)>(writes.Count);
        foreach (var write in writes)
        {
            if (TryQueue(write) is { } one)
                queued.Add((write, one));
        }

        if (queued.Count == 0)
            return;
        await Store.WriteAsync([.. queued.Select(static each => each.Queued)]);
        foreach (var (write, done) in queued)
        {
            write.Refusal = done.Refusal();
            if (write.Refusal is not null)
                continue;
            if (write.Removes)
                Blank(write.Record);
            else
                Written(write.Record, done);
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

    /// <summary>Refuses what cannot be written before it is queued: within the transaction, it would make the other writes fail, too.</summary>
    private QueuedWrite? TryQueue(RegisterWrite write)
    {
        try
        {
            if (write.Addition is { } addition)
                Check(addition);
            return write.Removes
                ? new QueuedWrite(RecordKey.Of(write.StateName, write.GrainId), write.Record.ETag, data: null, write.Addition)
                : NewWrite(write.StateName, write.GrainId, write.Record.ETag, write.Record.State!.Bytes, write.Addition);
        }
        catch (ArgumentException refusal)
        {
            write.Refusal = refusal;
            return null;
        }
    }

    private static void Check(RegisterAddition addition)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(addition.Entries.IsDefault, true, nameof(addition));
        foreach (var change in addition.Names)
        {
            RecordKey.StrictUtf8.GetByteCount(change.List);
            RecordKey.StrictUtf8.GetByteCount(change.Name);
        }
    }
}
