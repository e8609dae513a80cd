using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>A database whose process did not close it is whole only with its write-ahead log. Without it, it is refused.</summary>
public sealed class OpenDatabaseTests : IDisposable
{
    private const int Records = 20;

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _other = new();
    private readonly FaultyDisk _disk = new();

    private string LogPath => _directory["records.db-wal"];

    public void Dispose()
    {
        _directory.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_open_database_without_its_log_is_refused_untouched(bool withIndex)
    {
        await LeaveOpenAsync(_directory);
        File.Delete(LogPath);
        AssertRefusedUntouched("('records.db-wal') is missing", withIndex);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(32, false)]
    [InlineData(4000, false)]
    [InlineData(50_000, true)]
    public async Task An_open_database_whose_log_was_cut_off_is_refused_untouched(long bytes, bool withIndex)
    {
        await LeaveOpenAsync(_directory, pagesBetweenCheckpoints: int.MaxValue, restarts: 0);
        using (var log = File.OpenWrite(LogPath))
            log.SetLength(bytes);
        AssertRefusedUntouched("was cut off", withIndex);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_open_database_beside_the_log_of_another_is_refused_untouched(bool withIndex)
    {
        await LeaveOpenAsync(_directory);
        await LeaveOpenAsync(_other);
        File.Copy(_other["records.db-wal"], LogPath, overwrite: true);
        AssertRefusedUntouched("is not the one that it was used with", withIndex);
    }

    [Fact]
    public async Task An_open_database_beside_a_log_of_an_earlier_time_is_refused_untouched()
    {
        await LeaveOpenAsync(_directory);
        var early = File.ReadAllBytes(LogPath);
        for (var session = 0; session < 2; session++)
            await LeaveOpenAsync(_directory, pagesBetweenCheckpoints: 1);
        File.WriteAllBytes(LogPath, early);
        AssertRefusedUntouched("is not the one that it was used with", withIndex: false);
    }

    [Theory]
    [InlineData(0, "does not begin as a log does", false)]
    [InlineData(100, "pages of the", true)]
    [InlineData(40_000, "pages of the", true)]
    public async Task An_open_database_whose_log_the_disk_has_changed_is_refused_untouched(int at, string reason, bool withIndex)
    {
        await LeaveOpenAsync(_directory, pagesBetweenCheckpoints: int.MaxValue, restarts: 0);
        var log = File.ReadAllBytes(LogPath);
        log[at] ^= 1;
        File.WriteAllBytes(LogPath, log);
        AssertRefusedUntouched(reason, withIndex);
    }

    [Fact]
    public async Task A_database_that_an_earlier_release_left_open_is_opened()
    {
        await LeaveOpenAsync(_directory);
        SqliteFile.MarkClosed(_directory["records.db"]);
        await AssertHoldsAllAsync(_directory.Path, acknowledged: Records);
    }

    [Fact]
    public async Task Whenever_the_machine_stops_the_database_opens_with_all_that_was_acknowledged()
    {
        var (acknowledged, moments) = (0, new List<(string Directory, int Acknowledged)>());
        _disk.OnCommit = Watch;
        _disk.OnCheckpoint = Watch;
        using (var storage = SqliteStorages.Open(_directory.Path, new SqliteStoreSettings { Disk = _disk, PagesBetweenCheckpoints = 3 }))
        {
            for (; acknowledged < 3 * Records; acknowledged++)
                await storage.WriteAsync($"record {acknowledged}", [1]);
        }

        Assert.True(moments.Count > 6 * Records);
        foreach (var (directory, before) in moments)
            await AssertHoldsAllAsync(directory, before);

        void Watch(Action step)
        {
            lock (moments)
            {
                Copy();
                step();
                Copy();
            }
        }

        void Copy()
        {
            var copy = _other[$"{moments.Count}"];
            Directory.CreateDirectory(copy);
            foreach (var name in (string[])["records.db", "records.db-wal"])
                File.Copy(_directory[name], Path.Combine(copy, name));
            moments.Add((copy, acknowledged));
        }
    }

    [Fact]
    public async Task A_log_that_had_just_started_again_when_the_machine_stopped_is_no_loss()
    {
        await LeaveOpenAsync(_directory, pagesBetweenCheckpoints: int.MaxValue, restarts: 0);

        // All of it has been copied, and the first commit of the next round has written the log's header and no more.
        using (var writer = SqliteFile.OpenWriter(_directory["records.db"]))
            writer.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        var log = File.ReadAllBytes(LogPath);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(16), BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(16)) + 1);
        var (first, second) = (0u, 0u);
        for (var at = 0; at < 24; at += 8)
        {
            first += BinaryPrimitives.ReadUInt32LittleEndian(log.AsSpan(at)) + second;
            second += BinaryPrimitives.ReadUInt32LittleEndian(log.AsSpan(at + 4)) + first;
        }

        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(24), first);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(28), second);
        File.WriteAllBytes(LogPath, log);
        File.Delete(_directory["records.db-shm"]);

        await AssertHoldsAllAsync(_directory.Path, Records);
        await AssertHoldsAllAsync(_directory.Path, Records);
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_opens_or_closes_leaves_what_opens()
    {
        var acknowledged = -1L;
        for (var round = 0; round < 10; round++)
        {
            using var child = StorageChildProcess.Start(StorageChild.Reopen, _directory.Path);
            for (var lines = 0; lines < 10 + (7 * round); lines++)
                acknowledged = long.Parse(await child.ReadLineAsync() ?? throw new InvalidOperationException("The child ended by itself."));
            await child.KillAsync();

            using var storage = SqliteStorages.Open(_directory.Path);
            Assert.True(BitConverter.ToInt64(await storage.ReadAsync("counter")) >= acknowledged);
        }
    }

    /// <summary>Writes records and ends as a killed process does: with the log, the index and the mark in place.</summary>
    private async Task LeaveOpenAsync(TemporaryDirectory directory, int pagesBetweenCheckpoints = 8, int restarts = 1)
    {
        _disk.OnCommit = commit => commit();
        using var storage = SqliteStorages.Open(directory.Path, new SqliteStoreSettings { Disk = _disk, Clock = new FakeTimeProvider(), PagesBetweenCheckpoints = pagesBetweenCheckpoints });
        for (var round = 0; round <= restarts; round++)
        {
            for (var number = 0; number < Records; number++)
                await OverwriteAsync(storage, $"record {number}");
        }

        _disk.OnCommit = _ => throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, 1034);
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => storage.WriteAsync("stops", [1]));
    }

    private static async Task OverwriteAsync(SqliteGrainStorage storage, string key)
    {
        var state = new GrainState<StoredRecord>();
        await storage.ReadStateAsync("state", SqliteStorages.Grain(key), state);
        await storage.WriteAsync(key, [1], state.ETag);
    }

    private static async Task AssertHoldsAllAsync(string directory, int acknowledged)
    {
        using var storage = SqliteStorages.Open(directory);
        for (var number = 0; number < acknowledged; number++)
            Assert.Equal([1], await storage.ReadAsync($"record {number}"));
        await OverwriteAsync(storage, "another");
    }

    private void AssertRefusedUntouched(string reason, bool withIndex)
    {
        if (!withIndex)
            File.Delete(_directory["records.db-shm"]);
        var before = DirectorySnapshot.Of(_directory.Path);
        var refusal = Assert.Throws<SqliteStorageRefusedException>(() => SqliteStorages.Open(_directory.Path));
        Assert.Equal(before, DirectorySnapshot.Of(_directory.Path));
        Assert.Contains(_directory["records.db"], refusal.Message);
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("Restore nothing from a backup", refusal.Message);
    }
}
