using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Stores an acceptor's registers: the record of each, the history behind it and its name, in the way that the storage allows.
/// </summary>
internal abstract class RegisterStore
{
    /// <summary>The names of the registers for which a state was accepted.</summary>
    public abstract INameList Names { get; }

    /// <summary>
    /// Creates the store for a storage. It uses one commit where the storage supports that, and otherwise separate records in order.
    /// </summary>
    public static RegisterStore Over(AcceptorStorage storage, PaxosOptions options) => storage.Registers is { } registers
        ? new OneCommitStore(registers, storage, options.HistoryLimits)
        : new SeparateRecordsStore(storage, options.HistoryLimits, options.ReplacedBytesInRecord);

    /// <summary>
    /// Replaces a register's record. When the call returns, the record, the entries that it replaces within the history and the name are
    /// durable.
    /// </summary>
    public abstract Task WriteAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record);

    /// <summary>Reads all kept entries of the register with this record, starting at a version.</summary>
    public abstract Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion);
}

/// <summary>Uses storage that writes a register's record, the entries it replaces and its name in one commit.</summary>
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
        try
        {
            await cell.WriteAsync(record with { Replaced = [] }, registers, Addition(register, record));
        }
        catch
        {
            _names.CountAnew();
            throw;
        }

        _names.CountOneMore();
    }

    private RegisterAddition Addition(string? name, AcceptorRecord record) => new(
        storage.Acceptor,
        name,
        limits.FirstVersion(record.State),
        ImmutableArray.CreateRange(record.Replaced, static entry => new ReplacedEntry(entry.Version, EntryFormat.Encode(entry))));

    public override async Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion)
    {
        var replaced = await registers.ReadEntriesAsync(AcceptorStorage.RegisterRecord, storage.KeyOf(register), firstVersion);
        return
        [
            .. replaced.Select(entry => EntryFormat.Decode(entry.Bytes)),
            .. record.State.Entries.Where(entry => entry.Version >= firstVersion),
        ];
    }
}

/// <summary>
/// Uses storage that writes one record at a time. The name is written before the record. Replaced entries that do not fit in the record
/// are written to a separate record before the record drops them.
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
