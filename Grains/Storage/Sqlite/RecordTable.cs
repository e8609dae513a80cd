using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The table of records, as the writer sees it within the open transaction.</summary>
internal sealed class RecordTable : IDisposable
{
    /// <summary>
    /// A row is found once by key through the index, and by number on every later write. AUTOINCREMENT prevents the number of a deleted
    /// row from being used again. The data is the last column, so that the rest of a large row can be read without it. The tail is a
    /// <see cref="HistoryTail"/>.
    /// </summary>
    public const string Schema =
        "CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, " +
        "version INTEGER NOT NULL, checksum INTEGER NOT NULL, tail BLOB, data BLOB NOT NULL) STRICT";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _tail;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _updateWithTail;
    private readonly SqliteStatement _delete;

    public RecordTable(SqliteConnection connection)
    {
        _connection = connection;
        _find = new(connection, "SELECT id, version FROM records WHERE key = ?1");
        _tail = new(connection, "SELECT tail FROM records WHERE id = ?1");
        _insert = new(connection, "INSERT INTO records (key, version, checksum, data) VALUES (?1, 1, ?2, ?3) ON CONFLICT DO NOTHING");
        _update = new(connection,
            "UPDATE records SET version = ?1, checksum = ?2, data = ?3 WHERE id = ?4 AND version = ?5 AND key = ?6");
        _updateWithTail = new(connection,
            "UPDATE records SET version = ?1, checksum = ?2, data = ?3, tail = ?7 WHERE id = ?4 AND version = ?5 AND key = ?6");
        _delete = new(connection, "DELETE FROM records WHERE id = ?1 AND version = ?2 AND key = ?3");
    }

    /// <returns>The version of a record; null when there is none.</returns>
    public RecordVersion? Find(byte[] key)
    {
        var row = _find.BindText(1, key);
        RecordVersion? version = row.Step() ? new(row.Number(0), row.Number(1)) : null;
        row.Reset();
        return version;
    }

    /// <summary>Reads the tail of a row. It is empty when there is no such row.</summary>
    /// <returns>False when it is damaged.</returns>
    public bool TryReadTail(long row, HistoryTail tail)
    {
        _tail.Bind(1, row);
        var whole = tail.TryRead(row, _tail.Step() ? _tail.Blob(0) : default);
        _tail.Reset();
        return whole;
    }

    /// <returns>The version of the new record; null when the key exists already.</returns>
    public RecordVersion? TryInsert(byte[] key, byte[] data) =>
        _insert.BindText(1, key).Bind(2, RecordChecksum.Of(1, data)).BindBlob(3, data).Run() == 1
            ? new(raw.sqlite3_last_insert_rowid(_connection.Handle), 1)
            : null;

    /// <returns>The record's next version; null when it does not have this one.</returns>
    public RecordVersion? TryUpdate(RecordVersion version, byte[] key, byte[] data) => TryUpdate(_update, version, key, data);

    /// <inheritdoc cref="TryUpdate(RecordVersion, byte[], byte[])"/>
    public RecordVersion? TryUpdate(RecordVersion version, byte[] key, byte[] data, HistoryTail tail) =>
        TryUpdate(_updateWithTail.BindBlob(7, tail.Write(version.Row)), version, key, data);

    /// <returns>Whether the record had this version.</returns>
    public bool TryDelete(RecordVersion version, byte[] key) =>
        _delete.Bind(1, version.Row).Bind(2, version.Count).BindText(3, key).Run() == 1;

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_find, _tail, _insert, _update, _updateWithTail, _delete])
            statement.Dispose();
    }

    private static RecordVersion? TryUpdate(SqliteStatement update, RecordVersion version, byte[] key, byte[] data)
    {
        var next = version.Next;
        update.Bind(1, next.Count).Bind(2, RecordChecksum.Of(next.Count, data)).BindBlob(3, data);
        return update.Bind(4, version.Row).Bind(5, version.Count).BindText(6, key).Run() == 1 ? next : null;
    }
}
