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

    /// <summary>The registers without a value.</summary>
    public abstract IEmptyRegisters Empty { get; }

    /// <summary>
    /// Creates the store for a storage. It uses one commit where the storage supports that, and otherwise separate records in order.
    /// </summary>
    public static RegisterStore Over(AcceptorStorage storage, AcceptorMembership membership, PaxosOptions options) => storage.Registers is { } registers
        ? new OneCommitStore(registers, storage, options.HistoryLimits)
        : new SeparateRecordsStore(storage, membership, options.HistoryLimits, options.ReplacedBytesInRecord);

    /// <summary>Whether records that are written at once share one commit. If not, each is written by itself.</summary>
    public abstract bool CommitsTogether { get; }

    /// <summary>Stores an empty record for a register that has none, so that nobody else can store one unnoticed.</summary>
    public virtual Task ClaimAsync(RegisterSlot slot) => slot.Cell!.WriteAsync(AcceptorRecord.Blank);

    /// <summary>
    /// Replaces registers' records. When the call returns, the record of each slot, the entries that it replaces within the history and the
    /// name are durable, or its slot has the failure. Never fails.
    /// </summary>
    public abstract Task CommitAsync(IReadOnlyList<RecordWrite> writes);

    /// <summary>Reads all kept entries of the register with this record, starting at a version.</summary>
    public abstract Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion);
}

/// <summary>Uses storage that writes a register's record, the entries it replaces and its name in one commit.</summary>
internal sealed class OneCommitStore(IRegisterStorage registers, AcceptorStorage storage, HistoryLimits limits) : RegisterStore
{
    private static readonly ReplacedEntryFormat EntryFormat = new();

    private readonly StoredNames _names = new(registers, storage.Acceptor);
    private readonly StoredEmptyRegisters _empty = new(registers, storage.Acceptor);

    public override INameList Names => _names;

    public override IEmptyRegisters Empty => _empty;

    public override bool CommitsTogether => true;

    public override async Task CommitAsync(IReadOnlyList<RecordWrite> writes)
    {
        var commit = new List<RegisterWrite>(writes.Count);
        try
        {
            foreach (var write in writes)
                commit.Add(Prepare(write));
            await registers.CommitAsync(commit);
            for (var index = 0; index < commit.Count; index++)
                Complete(writes[index], commit[index]);
        }
        catch (Exception failure)
        {
            if (commit.Exists(static write => write.Addition is { Names.IsEmpty: false }))
                _names.CountAnew();
            foreach (var write in writes)
                write.Slot.Failure = failure;
        }
    }

    private RegisterWrite Prepare(RecordWrite write)
    {
        var (slot, record, _) = write;
        var cell = slot.Cell!;
        var names = NameChanges(slot.Register, cell.Value.IsUnknown ? null : cell.Value, record.IsUnknown ? null : record);
        var addition = names.IsEmpty && record.Replaced.IsEmpty ? null : Addition(names, record);
        return record.IsUnknown
            ? cell.PrepareRemoval(record, addition!)
            : cell.Prepare(record with { Replaced = [] }, addition);
    }

    private ImmutableArray<NameChange> NameChanges(string register, AcceptorRecord? before, AcceptorRecord? after) =>
        before is { State.Exists: true } && after is { State.Exists: true } ? [] : [.. Listed(register, before, after), .. _empty.Changes(register, before, after)];

    private IEnumerable<NameChange> Listed(string register, AcceptorRecord? before, AcceptorRecord? after)
    {
        var (was, now) = (before is { Accepted.IsNone: false }, after is { Accepted.IsNone: false });
        if (was != now)
            yield return new NameChange(storage.Acceptor, register, Leaves: was);
    }

    private void Complete(RecordWrite write, RegisterWrite stored)
    {
        if (stored.Refusal is not null)
        {
            write.Slot.Failure = stored.Refusal;
            return;
        }

        foreach (var change in stored.Addition?.Names ?? [])
            _names.Changed(change);
        write.Slot.Cell!.Complete(stored);
    }

    private RegisterAddition Addition(ImmutableArray<NameChange> names, AcceptorRecord record) => new(
        names,
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
/// Uses storage that writes one record at a time. The name is written before the record, and goes after it. Replaced entries that do not fit
/// in the record are written to a separate record before the record drops them.
/// </summary>
internal sealed class SeparateRecordsStore : RegisterStore
{
    private readonly AcceptorMembership _membership;
    private readonly HistoryChunks _chunks;
    private readonly NameIndex _names;
    private readonly RememberedEmptyRegisters _empty;

    public SeparateRecordsStore(AcceptorStorage storage, AcceptorMembership membership, HistoryLimits limits, int replacedBytesInRecord)
    {
        _membership = membership;
        _chunks = new HistoryChunks(storage, limits, replacedBytesInRecord);
        _names = new NameIndex(storage);
        _empty = new RememberedEmptyRegisters(_names, storage);
    }

    public override INameList Names => _names;

    public override IEmptyRegisters Empty => _empty;

    public override bool CommitsTogether => false;

    public override async Task ClaimAsync(RegisterSlot slot)
    {
        try
        {
            await base.ClaimAsync(slot);
        }
        finally
        {
            _empty.NoteUnknown(slot.Register);
        }
    }

    public override Task CommitAsync(IReadOnlyList<RecordWrite> writes) => Task.WhenAll(writes.Select(WriteAsync));

    private async Task WriteAsync(RecordWrite write)
    {
        var (slot, record, _) = write;
        var cell = slot.Cell!;
        var before = cell.Value;
        try
        {
            if (record.IsUnknown)
                await RemoveAsync(cell, record);
            else
                await ReplaceAsync(slot.Register, cell, record);
            _chunks.Drop(slot.Register, before.Chunks.RemoveRange(cell.Value.Chunks));
        }
        catch (Exception failure)
        {
            slot.Failure = failure;
            _empty.NoteUnknown(slot.Register);
        }
    }

    private static async Task RemoveAsync(RecordCell<AcceptorRecord> cell, AcceptorRecord blank)
    {
        await cell.ClearAsync();
        cell.StandFor(blank);
    }

    private async Task ReplaceAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record)
    {
        if (cell.Value.Accepted.IsNone && !record.Accepted.IsNone)
            await AddNameAsync(register);
        await cell.WriteAsync(await _chunks.MoveReplacedAsync(register, record));
        _empty.Note(register, record);
    }

    /// <summary>
    /// Adds a name. An activation that took this one's place meanwhile may have read the names before, so the record must not follow.
    /// </summary>
    private async Task AddNameAsync(string name)
    {
        await _names.AddAsync(name);
        _membership.ThrowIfRetired();
    }

    public override Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion) =>
        _chunks.ReadAsync(register, record, firstVersion);
}
