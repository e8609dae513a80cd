using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Tests;

/// <summary>What is on disk, pinned: a change here needs a new format version.</summary>
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
        }

        Assert.Equal(0x5061786FL, Query("PRAGMA application_id"));
        Assert.Equal(1L, Query("PRAGMA user_version"));
        Assert.Equal(4096L, Query("PRAGMA page_size"));
        Assert.Equal("wal", Query("PRAGMA journal_mode"));
        Assert.Equal(
            "CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, " +
            "checksum INTEGER NOT NULL, data BLOB NOT NULL) STRICT",
            Query("SELECT sql FROM sqlite_schema WHERE name = 'records'"));
        Assert.Equal(
            "1|test/a%2Fb/state|2|1569541172|0405060708090A0B0C",
            Query("SELECT concat_ws('|', id, key, version, checksum, hex(data)) FROM records"));
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
