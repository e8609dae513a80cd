using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>On storage that writes a register's record, what it replaces and its name in one commit.</summary>
internal sealed class OneCommitStore(IRegisterStorage registers, AcceptorStorage storage, HistoryLimits limits) : RegisterStore
{
    private static readonly ReplacedEntryFormat EntryFormat = new();

    private readonly StoredNames _names = new(registers, storage.Acceptor);

    public override INameList Names => _names;

    public override Task WriteAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record)
    {
        if (cell.Value.Accepted.IsNone && !record.Accepted.IsNone)
            return WriteNewAsync(register, cell, record);
        return record.Replaced.IsEmpty ? cell.WriteAsync(record) : cell.WriteAsync(record with { Replaced = [] }, registers, Addition(name: null, record));
    }

    private async Task WriteNewAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record)
    {
        await cell.WriteAsync(record with { Replaced = [] }, registers, Addition(register, record));
        _names.CountOneMore();
    }

    private RegisterAddition Addition(string? name, AcceptorRecord record) => new(
        storage.Acceptor,
        name,
        limits.FirstVersion(record.State),
        ImmutableArray.CreateRange(record.Replaced, static entry => new ReplacedEntry(entry.Version, EntryFormat.Encode(entry))));

    public override async Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion)
    {
        var logged = await registers.ReadEntriesAsync(AcceptorStorage.RegisterRecord, storage.KeyOf(register), firstVersion);
        return
        [
            .. logged.Select(entry => EntryFormat.Decode(entry.Bytes)),
            .. record.State.Entries.Where(entry => entry.Version >= firstVersion),
        ];
    }
}
