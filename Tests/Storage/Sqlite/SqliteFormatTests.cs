using Microsoft.Data.Sqlite;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>The format on disk is fixed: a change here requires a new format version.</summary>
public sealed class SqliteFormatTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_file_is_what_the_format_version_says()
    {
        using (var storage = SqliteStorages.Open(_directory.Path))
        {
            Assert.Equal("1-1", await storage.WriteAsync("a/b", [1, 2, 3]));
            Assert.Equal("1-2", await storage.WriteAsync("a/b", [4, 5, 6, 7, 8, 9, 10, 11, 12], "1-1"));
            await storage.WriteRegisterAsync(
                "state", SqliteStorages.Grain("r"), new GrainState<StoredRecord>(new() { Bytes = [1] }), new([new("a1", "app/é")], 5, [new(5, [5, 5]), new(6, [])]));
        }

        Assert.Equal(0x5061786FL, Query("PRAGMA application_id"));
        Assert.Equal(2L, Query("PRAGMA user_version"));
        Assert.Equal(4096L, Query("PRAGMA page_size"));
        Assert.Equal("wal", Query("PRAGMA journal_mode"));
        Assert.Equal(
            "CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, " +
            "checksum INTEGER NOT NULL, tail BLOB, data BLOB NOT NULL) STRICT;" +
            "CREATE TABLE log (number INTEGER PRIMARY KEY, was INTEGER, entries INTEGER NOT NULL, live INTEGER NOT NULL, data BLOB NOT NULL) STRICT;" +
            "CREATE UNIQUE INDEX log_was ON log (was) WHERE was IS NOT NULL;" +
            "CREATE TABLE names (list TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (list, name)) STRICT, WITHOUT ROWID",
            Query("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"));
        Assert.Equal(
            "1|test/a%2Fb/state|2|1569541172|0405060708090A0B0C",
            Query("SELECT concat_ws('|', id, key, version, checksum, hex(data)) FROM records WHERE id = 1"));
        Assert.Equal("0|2|2|0205E72A15570205050206C48FE11000", Query("SELECT concat_ws('|', number, was, entries, live, hex(data)) FROM log"));
        Assert.Equal("2|05000100011E46FC", Query("SELECT concat_ws('|', version, hex(tail)) FROM records WHERE id = 2"));
        Assert.Equal("a1|app/é", Query("SELECT concat_ws('|', list, name) FROM names"));
    }

    [Fact]
    public void The_writer_flushes_the_disk_at_every_commit_and_checkpoints_by_itself()
    {
        SqliteStorages.Open(_directory.Path).Dispose();
        using var writer = SqliteFile.OpenWriter(_directory["records.db"]);
        SqliteFile.Configure(writer);
        Assert.Equal(2L, writer.Query("PRAGMA synchronous"));
        Assert.Equal(1L, writer.Query("PRAGMA fullfsync"));
        Assert.Equal(1L, writer.Query("PRAGMA checkpoint_fullfsync"));
        Assert.Equal(0L, writer.Query("PRAGMA wal_autocheckpoint"));
    }

    [Fact]
    public void A_hot_write_finds_its_row_by_number()
    {
        SqliteStorages.Open(_directory.Path).Dispose();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN UPDATE records SET version = 2 WHERE id = 1 AND version = 1 AND key = 'k'";
        using var plan = command.ExecuteReader();
        Assert.True(plan.Read());
        Assert.Equal("SEARCH records USING INTEGER PRIMARY KEY (rowid=?)", plan.GetString(3));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_directory["records.db"]};Mode=ReadOnly;Pooling=false");
        connection.Open();
        return connection;
    }

    private object? Query(string text)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
