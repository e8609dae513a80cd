using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class DiskFailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _other = new();
    private readonly FaultyDisk _disk = new();
    private readonly SqliteGrainStorage _storage;

    public DiskFailureTests() => _storage = SqliteStorages.Open(_directory.Path, _disk);

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task After_a_failed_flush_nothing_is_read_or_written_any_more()
    {
        await _storage.WriteAsync("before", [1]);
        _disk.OnCommit = _ => throw FailedFlush();

        var unknown = await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteAsync("failed", [1]));
        Assert.Contains("whether it is on disk is not known", unknown.Message);
        Assert.Contains(_directory.Path, unknown.Message);
        Assert.Contains("disk I/O error", unknown.Message);
        Assert.Contains("opened again by itself", unknown.Message);

        Assert.False(_storage.IsExclusivelyOwned);
        _disk.OnCommit = commit => commit();
        foreach (var operation in (Func<Task>[])[() => _storage.WriteAsync("after", [1]), () => _storage.ReadAsync("before")])
        {
            var stopped = await Assert.ThrowsAsync<SqliteStorageStoppedException>(operation);
            Assert.Contains("changed nothing", stopped.Message);
            Assert.Contains("disk I/O error", stopped.Message);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reopened_it_has_all_that_was_acknowledged_whatever_became_of_the_failed_write(bool reachedTheDisk)
    {
        var etag = await _storage.WriteAsync("acknowledged", [1]);
        _disk.OnCommit = commit =>
        {
            if (reachedTheDisk)
                commit();
            throw FailedFlush();
        };
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteAsync("failed", [2]));
        _storage.Dispose();

        using var reopened = SqliteStorages.Open(_directory.Path);
        Assert.Equal([1], await reopened.ReadAsync("acknowledged"));
        Assert.Equal(reachedTheDisk, await reopened.ReadAsync("failed") is not null);
        await reopened.WriteAsync("acknowledged", [3], etag);
    }

    [Fact]
    public async Task A_flush_that_fails_while_the_log_is_copied_beside_the_writer_stops_it_as_well()
    {
        _disk.OnCheckpoint = _ => throw FailedFlush();
        using var storage = SqliteStorages.Open(_other.Path, Settings(pagesBetweenCheckpoints: 1));
        var acknowledged = 0;
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(async () =>
        {
            while (acknowledged < 10_000)
                await storage.WriteAsync($"record {acknowledged++}", [1]);
        });
        storage.Dispose();

        using var reopened = SqliteStorages.Open(_other.Path);
        for (var number = 0; number < acknowledged - 1; number++)
            Assert.Equal([1], await reopened.ReadAsync($"record {number}"));
    }

    [Fact]
    public async Task Writes_do_not_wait_while_the_log_is_copied_and_it_starts_again_from_its_beginning()
    {
        using var gate = new ManualResetEventSlim();
        _disk.OnCheckpoint = copy =>
        {
            gate.Wait();
            copy();
        };
        using var storage = SqliteStorages.Open(_other.Path, Settings(pagesBetweenCheckpoints: 64));
        string? etag = null;
        for (var write = 0; write < 32; write++) // 512 pages, and nothing was copied
            etag = await storage.WriteAsync("record", new byte[16 * 4096], etag);
        gate.Set();
        var writeAheadLog = new FileInfo(_other["records.db-wal"]);
        var grown = writeAheadLog.Length;
        for (var write = 0; write < 256; write++)
            etag = await storage.WriteAsync("record", new byte[16 * 4096], etag);
        writeAheadLog.Refresh();
        Assert.True(writeAheadLog.Length < 2 * grown, $"The write-ahead log grew from {grown} bytes to {writeAheadLog.Length}.");
    }

    [Fact]
    public async Task All_writes_of_the_failed_commit_fail_and_so_do_those_that_wait_behind_it()
    {
        using var gate = new ManualResetEventSlim();
        var committing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _disk.OnCommit = _ =>
        {
            committing.SetResult();
            gate.Wait();
            throw FailedFlush();
        };
        var failing = _storage.WriteAsync("failing", [1]);
        await committing.Task;
        var waiting = Enumerable.Range(0, 100).Select(i => _storage.WriteAsync($"waiting-{i}", [1])).ToList();
        gate.Set();

        Assert.Contains("not known", (await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => failing)).Message);
        foreach (var write in waiting)
            Assert.Contains("changed nothing", (await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => write)).Message);
    }

    [Fact]
    public async Task A_tool_that_keeps_the_database_locked_is_no_failure_of_the_disk()
    {
        using (var tool = new SqliteConnection($"Data Source={_directory["records.db"]};Pooling=false"))
        {
            tool.Open();
            tool.Execute("BEGIN IMMEDIATE");
            var refusal = await Assert.ThrowsAsync<SqliteStorageException>(() => _storage.WriteAsync("record", [1]));
            Assert.Contains("nothing of it was written", refusal.Message);
            Assert.Contains("locked", refusal.Message);
            tool.Execute("ROLLBACK");
        }

        await _storage.WriteAsync("record", [2]);
        Assert.Equal([2], await _storage.ReadAsync("record"));
    }

    private SqliteStoreSettings Settings(int pagesBetweenCheckpoints) => new() { Disk = _disk, Clock = new FakeTimeProvider(), PagesBetweenCheckpoints = pagesBetweenCheckpoints };

    private static SqliteException FailedFlush() => new("SQLite Error 10: 'disk I/O error'.", 10, 1034);
}
