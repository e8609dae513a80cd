using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos;

/// <summary>The table of records as the writer sees it: prepared statements on the one connection that writes.</summary>
internal sealed class RecordTable : IDisposable
{
    /// <summary>
    /// Rows are found by key through the index once, and by number on every write after that. AUTOINCREMENT keeps the number of a
    /// deleted row from being used again; the data comes last, so that the rest of a large row is read without it.
    /// </summary>
    public const string Schema =
        "CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, " +
        "version INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL) STRICT";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _delete;

    public RecordTable(SqliteConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
        _find = connection.Prepare("SELECT id, version FROM records WHERE key = $key", "$key");
        _insert = connection.Prepare(
            "INSERT INTO records (key, version, checksum, data) VALUES ($key, 1, $checksum, $data) ON CONFLICT DO NOTHING",
            "$key", "$checksum", "$data");
        _update = connection.Prepare(
            "UPDATE records SET version = $next, checksum = $checksum, data = $data WHERE id = $id AND version = $version AND key = $key",
            "$next", "$checksum", "$data", "$id", "$version", "$key");
        _delete = connection.Prepare(
            "DELETE FROM records WHERE id = $id AND version = $version AND key = $key",
            "$id", "$version", "$key");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    public void Rollback() => _rollback.ExecuteNonQuery();

    /// <summary>Puts a write into the open transaction, or refuses it, and notes in it which.</summary>
    public void Apply(QueuedWrite write)
    {
        switch (write)
        {
            case { Expected: null, Data: null }:
                RefuseUnless(Find(write.Key) is null, write, null);
                break;
            case { Expected: null, Data: { } data }:
                var inserted = _insert.Run(write.Key, (long)RecordChecksum.Of(1, data), data) == 1;
                RefuseUnless(inserted, write, inserted ? new(raw.sqlite3_last_insert_rowid(_connection.Handle), 1) : null);
                break;
            case { Expected: { } version, Data: null }:
                RefuseUnless(_delete.Run(version.Row, version.Count, write.Key) == 1, write, null);
                break;
            case { Expected: { } version, Data: { } data }:
                var next = version.Next;
                var checksum = (long)RecordChecksum.Of(next.Count, data);
                RefuseUnless(_update.Run(next.Count, checksum, data, version.Row, version.Count, write.Key) == 1, write, next);
                break;
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _rollback, _find, _insert, _update, _delete])
            command.Dispose();
    }

    private void RefuseUnless(bool applied, QueuedWrite write, RecordVersion? version)
    {
        if (applied)
            write.Applied(version);
        else
            write.Refused(Find(write.Key));
    }

    private RecordVersion? Find(string key)
    {
        _find.Bind(key);
        using var row = _find.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), row.GetInt64(1)) : null;
    }
}
