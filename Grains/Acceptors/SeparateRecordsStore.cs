using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// On storage that writes one record at a time: the name is written before the record, and replaced entries that the record does not
/// take go to a record of their own before it drops them.
/// </summary>
internal sealed class SeparateRecordsStore(AcceptorStorage storage, HistoryLimits limits, int replacedBytesInRecord) : RegisterStore
{
    private readonly HistoryChunks _chunks = new(storage, limits, replacedBytesInRecord);
    private readonly NameIndex _names = new(storage);

    public override INameList Names => _names;

    public override async Task WriteAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record)
    {
        var before = cell.Value;
        if (before.Accepted.IsNone && !record.Accepted.IsNone)
            await _names.AddAsync(register);
        await cell.WriteAsync(await _chunks.MoveReplacedAsync(register, record));
        _chunks.Drop(register, before.Chunks.RemoveRange(cell.Value.Chunks));
    }

    public override Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion) =>
        _chunks.ReadAsync(register, record, firstVersion);
}
