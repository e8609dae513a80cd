using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>What a process that died has left is made durable before any of it is answered.</summary>
public sealed class RecoveryTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk = new();
    private int _recoveries;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_commit_that_was_never_flushed_is_not_answered_while_it_cannot_be_made_durable()
    {
        await LeaveUnflushedCommitAsync();
        _disk.OnRecover = _ => throw new IOException("Input/output error");

        var failure = Assert.Throws<SqliteStorageException>(() => SqliteStorages.Open(_directory.Path, _disk));

        Assert.Contains(_directory.Path, failure.Message);
        Assert.Contains("Input/output error", failure.Message);
        using var reopened = SqliteStorages.Open(_directory.Path);
        Assert.Equal([2], await reopened.ReadAsync("unflushed"));
    }

    [Fact]
    public async Task A_commit_that_was_never_flushed_is_written_again_and_flushed_before_it_is_answered()
    {
        await LeaveUnflushedCommitAsync();
        var log = new FileInfo(_directory["records.db-wal"]);
        var left = File.ReadAllBytes(log.FullName);
        log.LastWriteTimeUtc = LongAgo;
        _disk.OnRecover = makeDurable =>
        {
            _recoveries++;
            makeDurable();
            log.Refresh();
            Assert.NotEqual(LongAgo, log.LastWriteTimeUtc);
            Assert.Equal(left, File.ReadAllBytes(log.FullName));
        };

        using var reopened = SqliteStorages.Open(_directory.Path, _disk);

        Assert.Equal(1, _recoveries);
        Assert.Equal([1], await reopened.ReadAsync("acknowledged"));
        Assert.Equal([2], await reopened.ReadAsync("unflushed"));
    }

    [Fact]
    public void After_an_orderly_end_there_is_nothing_to_make_durable()
    {
        _disk.OnRecover = _ => _recoveries++;
        SqliteStorages.Open(_directory.Path, _disk).Dispose();
        SqliteStorages.Open(_directory.Path, _disk).Dispose();
        Assert.Equal(0, _recoveries);
    }

    private async Task LeaveUnflushedCommitAsync()
    {
        using var storage = SqliteStorages.Open(_directory.Path, _disk);
        await storage.WriteAsync("acknowledged", [1]);
        _disk.OnCommit = commit =>
        {
            commit();
            throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, 1034);
        };
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => storage.WriteAsync("unflushed", [2]));
        _disk.OnCommit = commit => commit();
    }
}
