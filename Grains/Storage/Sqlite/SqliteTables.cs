using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The tables of a database as its writer uses them: one transaction after another.</summary>
internal sealed class SqliteTables : IDisposable
{
    /// <summary>Everything that a database holds, in the order in which it is created.</summary>
    public const string Schema = $"{RecordTable.Schema};{HistoryTable.Schema};{NameTable.Schema}";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly RecordTable _records;
    private readonly NameTable _names;
    private readonly HistoryTail _tail = new();

    public SqliteTables(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _records = new(connection);
        _names = new(connection);
        History = new(connection, _records);
    }

    public HistoryTable History { get; }

    public void Begin() => _begin.Run();

    public void Commit()
    {
        _commit.Run();
        History.Committed();
    }

    /// <summary>Undoes the open transaction, unless SQLite has already undone it, as it does after some errors.</summary>
    public void Rollback()
    {
        History.RolledBack();
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _rollback.Run();
    }

    /// <summary>Puts a write into the open transaction or refuses it, and notes the result in the write.</summary>
    public void Apply(QueuedWrite write)
    {
        try
        {
            ApplyUnlessDamaged(write);
        }
        catch (SqliteStorageException damage)
        {
            write.Refused(damage);
        }
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_begin, _commit, _rollback, _records, _names, History])
            part.Dispose();
    }

    private void ApplyUnlessDamaged(QueuedWrite write)
    {
        switch (write)
        {
            case { Expected: null, Data: null }:
                RefuseUnless(_records.Find(write.Key) is null, write, null);
                break;
            case { Expected: { } version, Data: null }:
                Delete(write, version);
                break;
            case { Data: { } data, Addition: { } addition }:
                Write(write, data, addition);
                break;
            case { Data: { } data }:
                var written = WriteRecord(write, data);
                RefuseUnless(written is not null, write, written);
                break;
        }
    }

    private void Delete(QueuedWrite write, RecordVersion version)
    {
        var whole = _records.TryReadTail(version.Row, _tail);
        var deleted = _records.TryDelete(version, write.Key);
        if (deleted && whole)
            History.CountLive(-_tail.Count);
        if (deleted)
            ChangeNames(write.Addition);
        RefuseUnless(deleted, write, null);
    }

    private RecordVersion? WriteRecord(QueuedWrite write, byte[] data) => write.Expected is { } version
        ? _records.TryUpdate(version, write.Key, data)
        : _records.TryInsert(write.Key, data);

    private void Write(QueuedWrite write, byte[] data, RegisterAddition addition)
    {
        // A refusal comes before anything is written, so it does not end the transaction.
        var written = addition.Entries.IsEmpty ? WriteRecord(write, data) : WriteWithEntries(write, data, addition);
        if (written is not null)
            ChangeNames(addition);
        RefuseUnless(written is not null, write, written);
    }

    private void ChangeNames(RegisterAddition? addition)
    {
        foreach (var change in addition?.Names ?? [])
            _names.Apply(change);
    }

    private RecordVersion? WriteWithEntries(QueuedWrite write, byte[] data, RegisterAddition addition)
    {
        // A record's tail is bound to its row, so a new record is written twice.
        if ((write.Expected ?? _records.TryInsert(write.Key, data)) is not { } version)
            return null;
        if (!_records.TryReadTail(version.Row, _tail))
            throw SqliteErrors.Damaged($"The list of the entries of the record '{write.KeyText}'", _connection);
        var before = _tail.Count;
        _tail.DropBefore(addition.FirstVersion);
        History.Place(addition.Entries, _tail);
        if (_records.TryUpdate(version, write.Key, data, _tail) is not { } written)
            return null;
        History.Append(version.Row, addition.Entries, _tail.Count - before);
        return written;
    }

    private void RefuseUnless(bool applied, QueuedWrite write, RecordVersion? version)
    {
        if (applied)
            write.Applied(version);
        else
            write.Refused(_records.Find(write.Key));
    }
}
