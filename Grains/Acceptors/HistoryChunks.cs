using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Keeps replaced entries out of the record that every write rewrites. When they exceed a limit, they are written to a chunk, which is a
/// separate record, before the acceptor's record drops them.
/// </summary>
internal sealed class HistoryChunks(AcceptorStorage storage, HistoryLimits limits, int replacedBytesInRecord)
{
    /// <summary>Writes the replaced entries to a chunk when they exceed the limit.</summary>
    /// <returns>The record to write next. It refers only to durable chunks, and to none that have left the history.</returns>
    public async Task<AcceptorRecord> MoveReplacedAsync(string register, AcceptorRecord record)
    {
        var first = limits.FirstVersion(record.State);
        record = record with { Chunks = record.Chunks.RemoveAll(chunk => chunk.LastVersion < first) };
        if (record.Replaced.Sum(entry => (long)entry.Value.Length) <= replacedBytesInRecord)
            return record;

        var versions = record.Replaced.Select(entry => entry.Version);
        var chunk = new HistoryChunk(storage.NewId(), versions.Min(), versions.Max());
        await storage.NewChunk(register, chunk).WriteAsync(record.Replaced);
        return record with { Replaced = [], Chunks = record.Chunks.Add(chunk) };
    }

    /// <summary>
    /// Removes chunks that a durable record no longer refers to. No one waits for this. After a crash or a failure, the chunks remain
    /// unread and cost only their space.
    /// </summary>
    public void Drop(string register, ImmutableArray<HistoryChunk> chunks)
    {
        foreach (var chunk in chunks)
            RemoveAsync(register, chunk).Abandon();
    }

    /// <summary>Reads all entries that a record and its chunks hold, starting at a version.</summary>
    public async Task<ImmutableArray<RegisterEntry>> ReadAsync(string register, AcceptorRecord record, long firstVersion)
    {
        var entries = record.Replaced.Concat(record.State.Entries);
        foreach (var chunk in record.Chunks.Where(chunk => chunk.LastVersion >= firstVersion))
            entries = entries.Concat((await storage.OpenChunkAsync(register, chunk)).Value);
        return [.. entries.Where(entry => entry.Version >= firstVersion)];
    }

    private async Task RemoveAsync(string register, HistoryChunk chunk) =>
        await (await storage.OpenChunkAsync(register, chunk)).ClearAsync();
}
