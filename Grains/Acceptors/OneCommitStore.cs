namespace Orleans.Paxos;

/// <summary>On storage that writes a register's record, what it replaces and its name in one commit.</summary>
internal sealed class OneCommitStore(IRegisterStorage registers, AcceptorStorage storage, HistoryLimits limits) : RegisterStore
{
    private static readonly LoggedEntryFormat EntryFormat = new();

    private readonly StoredNames _names = new(registers, storage.Acceptor);

    public override INameList Names => _names;

    public override async Task WriteAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record)
    {
        var isNew = cell.Value.Accepted.IsNone && !record.Accepted.IsNone;
        if (!isNew && record.Replaced.IsEmpty)
        {
            await cell.WriteAsync(record);
            return;
        }

        var addition = new RegisterAddition(
            storage.Acceptor,
            isNew ? register : null,
            limits.FirstVersion(record.State),
            ImmutableArray.CreateRange(record.Replaced, static entry => new LoggedEntry(entry.Version, EntryFormat.Encode(entry))));
        await cell.WriteAsync(record with { Replaced = [] }, registers, addition);
        if (isNew)
            _names.CountOneMore();
    }

    public override async Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion)
    {
        var logged = await registers.ReadEntriesAsync(AcceptorStorage.RegisterState, storage.KeyOf(register), firstVersion);
        return
        [
            .. logged.Select(entry => EntryFormat.Decode(entry.Bytes)),
            .. record.State.Entries.Where(entry => entry.Version >= firstVersion),
        ];
    }
}
