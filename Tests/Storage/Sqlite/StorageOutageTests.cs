using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Storage that failed is used again when it works again, and the status tells what it is about.</summary>
public sealed class StorageOutageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly AcceptorSet Set = new(["a1"], 1);
    private static readonly SqliteException DiskFull = new("SQLite Error 13: 'database or disk is full'.", 13);
    private static readonly SqliteException TooManyFiles = new("SQLite Error 14: 'unable to open database file'.", 14);

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk = new();
    private readonly TurnScheduler _turns = new();
    private readonly BallotSource _ballots = new(UniqueId.New);
    private readonly SqliteGrainStorage _storage;

    public StorageOutageTests() => _storage = SqliteStorages.Open(
        _directory.Path, new SqliteStoreSettings { Disk = _disk, PagesBetweenCheckpoints = 4, PauseBeforeReopening = TimeSpan.FromMilliseconds(10) });

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_acceptor_whose_disk_was_full_votes_again_when_there_is_room()
    {
        var acceptor = NewAcceptor();
        Assert.True((await PrepareAsync(acceptor, "r")).Granted);
        _disk.OnCommit = _ => throw DiskFull;
        _disk.OnRecover = _ => throw new IOException("No space left on device");
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => PrepareAsync(acceptor, "r"));

        var status = await _turns.RunAsync(() => acceptor.StatusAsync("a1"));
        Assert.Equal(AcceptorStanding.StorageUnavailable, status.Standing);
        Assert.Contains(_directory.Path, status.Detail);
        await UntilAsync(() => _storage.Problem?.Contains("No space left on device") == true);
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => PrepareAsync(acceptor, "another"));

        _disk.OnCommit = commit => commit();
        _disk.OnRecover = makeDurable => makeDurable();
        await UntilAsync(() => _storage.Problem is null);
        Assert.True((await PrepareAsync(acceptor, "r")).Granted);
        Assert.True((await PrepareAsync(acceptor, "another")).Granted);
        Assert.Equal(AcceptorStanding.Voting, (await _turns.RunAsync(() => acceptor.StatusAsync("a1"))).Standing);
    }

    [Fact]
    public async Task What_a_failed_flush_left_is_written_again_before_the_storage_is_used_again()
    {
        var etag = await _storage.WriteAsync("acknowledged", [1]);
        using var recovering = new ManualResetEventSlim();
        _disk.OnRecover = makeDurable =>
        {
            recovering.Wait();
            makeDurable();
        };
        _disk.OnCommit = commit =>
        {
            commit();
            throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, 1034);
        };
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteAsync("unflushed", [2]));
        _disk.OnCommit = commit => commit();
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.ReadAsync("unflushed"));
        Assert.False(_storage.IsExclusivelyOwned);

        recovering.Set();
        await UntilAsync(() => _storage.Problem is null);
        Assert.Equal([2], await _storage.ReadAsync("unflushed"));
        await _storage.WriteAsync("acknowledged", [3], etag);
        Assert.True(_storage.IsExclusivelyOwned);
    }

    [Fact]
    public async Task Nobody_else_gets_the_directory_while_it_is_out()
    {
        _disk.OnCommit = _ => throw DiskFull;
        _disk.OnRecover = _ => throw new IOException("No space left on device");
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteAsync("r", [1]));
        await UntilAsync(() => _storage.Problem?.Contains("No space left on device") == true);
        Assert.Throws<SqliteStorageLockedException>(() => SqliteStorages.Open(_directory.Path));
    }

    [Fact]
    public async Task A_shortage_of_file_descriptors_when_the_log_is_to_be_copied_stops_nothing()
    {
        var shortages = 0;
        _disk.OnCheckpoint = _ =>
        {
            Interlocked.Increment(ref shortages);
            throw TooManyFiles;
        };
        for (var number = 0; Volatile.Read(ref shortages) < 3; number++)
            await _storage.WriteAsync($"record {number}", [1]);
        Assert.Null(_storage.Problem);

        var copied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _disk.OnCheckpoint = copy =>
        {
            copy();
            copied.TrySetResult();
        };
        for (var number = 0; !copied.Task.IsCompleted; number++)
            await _storage.WriteAsync($"later record {number}", [1]);
    }

    [Fact]
    public async Task A_shortage_of_file_descriptors_when_a_record_is_to_be_read_stops_nothing()
    {
        await _storage.WriteVersionAsync("r", new(), version: 2, firstVersion: 1);
        _disk.OnReadSegments = _ => throw TooManyFiles;
        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => _storage.HistoryVersionsAsync("r", 0));
        Assert.Contains("unable to open database file", failure.Message);
        Assert.Contains("Nothing was changed", failure.Message);

        _disk.OnReadSegments = read => read();
        Assert.Equal((long[])[1], await _storage.HistoryVersionsAsync("r", 0));
    }

    [Fact]
    public async Task A_directory_that_is_not_whole_any_more_stays_out_and_says_why()
    {
        _disk.OnRecover = _ => throw new IOException("Input/output error");
        _disk.OnCommit = _ => throw DiskFull;
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteAsync("r", [1]));
        await UntilAsync(() => _storage.Problem?.Contains("Input/output error") == true);
        File.Delete(_directory["records.db-wal"]);
        await UntilAsync(() => _storage.Problem?.Contains("('records.db-wal') is missing") == true);
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.ReadAsync("r"));
    }

    /// <summary>Waits for the storage to do something. If it never does, the test fails instead of hanging.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }

    private Task<PrepareReply> PrepareAsync(Acceptor acceptor, string register) =>
        _turns.RunAsync(() => acceptor.PrepareAsync(new PrepareRequest(Set.Id, register, _ballots.Next(Ballot.None))));

    private Acceptor NewAcceptor()
    {
        var options = new PaxosOptions { Acceptors = [.. Set.Names] };
        var peers = new AcceptorPeers(Set, _ => null!, options.AcceptorTimeout, TimeProvider.System);
        return new(new AcceptorStorage(_storage, "a1", UniqueId.New), peers, options, static _ => Task.CompletedTask, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
    }
}
