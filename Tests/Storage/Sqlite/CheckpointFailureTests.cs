using Microsoft.Data.Sqlite;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>A record, its entries and its name are written together or not at all, and data that the disk has corrupted is not served.</summary>
public sealed class CheckpointFailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk = new();
    private SqliteGrainStorage _storage;

    public CheckpointFailureTests() => _storage = SqliteStorages.Open(_directory.Path, _disk);

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_failed_commit_a_register_is_there_with_all_that_belongs_to_it_or_as_it_was_before(bool reachedTheDisk)
    {
        var record = new GrainState<StoredRecord>();
        await _storage.WriteVersionAsync("r", record, version: 2, firstVersion: 1);
        _disk.OnCommit = commit =>
        {
            if (reachedTheDisk)
                commit();
            throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, 1034);
        };
        record.State = new() { Bytes = [3] };
        await Assert.ThrowsAsync<SqliteStorageStoppedException>(() => _storage.WriteRegisterAsync(
            "state", SqliteStorages.Grain("r"), record, new([new("list", "another")], 2, [new(2, [2])])));

        await ReopenAsync();
        var entries = await _storage.ReadEntriesAsync("state", SqliteStorages.Grain("r"), 0);
        Assert.Equal(reachedTheDisk, await _storage.ReadAsync("r") is [3]);
        Assert.Equal(reachedTheDisk ? 2 : 1, Assert.Single(entries).Version);
        Assert.Equal(reachedTheDisk ? ["another", "r"] : ["r"], await _storage.ReadNamesAsync("list", "", 10));
    }

    [Fact]
    public async Task A_transaction_that_was_undone_leaves_nothing_in_the_log_and_the_next_ones_are_found()
    {
        var records = Enumerable.Range(0, 20).Select(_ => new GrainState<StoredRecord>()).ToArray();
        for (var round = 2; round < 12; round++)
        {
            using var gate = new ManualResetEventSlim();
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _disk.OnCommit = commit =>
            {
                reached.TrySetResult();
                gate.Wait();
                commit();
            };
            var held = _storage.WriteAsync($"held-{round}", [1]);
            await reached.Task;
            var undone = records.Select((record, number) => _storage.WriteVersionAsync($"r{number}", record, round, round - 5)).ToList();
            var impossible = _storage.Store.Writer.WriteAsync([new("key"u8.ToArray(), etag: null, data: [1], new RegisterAddition([], 1, Entries: default))]);
            gate.Set();
            await held;
            await Assert.ThrowsAsync<SqliteStorageException>(() => impossible);
            foreach (var write in undone)
                await Assert.ThrowsAsync<SqliteStorageException>(() => write);

            await Task.WhenAll(records.Select((record, number) => _storage.WriteVersionAsync($"r{number}", record, round, round - 5)));
            var first = Math.Max(1, round - 5);
            for (var number = 0; number < records.Length; number++)
                Assert.Equal(Enumerable.Range(first, round - first).Select(version => (long)version), await _storage.HistoryVersionsAsync($"r{number}", 0));
            Assert.Equal(records.Length * (round - first), _storage.Store.Writer.History.Live);
            if (round < 5)
                Assert.Equal(records.Length * (round - 1), _storage.Store.Writer.History.Entries);
        }
    }

    [Fact]
    public async Task An_entry_that_the_disk_has_changed_is_not_served_and_the_others_are()
    {
        var record = new GrainState<StoredRecord>(new() { Bytes = [1] });
        await _storage.WriteRegisterAsync(
            "state", SqliteStorages.Grain("r"), record, new([], 1, [new(1, "the entry that was promised"u8.ToArray()), new(2, [2])]));
        await _storage.WriteVersionAsync("whole", new(), version: 2, firstVersion: 1);
        _storage.Dispose();
        var bytes = File.ReadAllBytes(_directory["records.db"]);
        bytes[bytes.AsSpan().IndexOf("the entry that was promised"u8)] ^= 1;
        File.WriteAllBytes(_directory["records.db"], bytes);

        await ReopenAsync();
        var damage = await Assert.ThrowsAsync<SqliteStorageException>(() => _storage.ReadEntriesAsync("state", SqliteStorages.Grain("r"), 1));
        Assert.Contains("version 1 of the record 'test/r/state'", damage.Message);
        Assert.Contains("checksum does not match", damage.Message);
        Assert.Equal([2], Assert.Single(await _storage.ReadEntriesAsync("state", SqliteStorages.Grain("r"), 2)).Bytes);
        Assert.Equal((long[])[1], await _storage.HistoryVersionsAsync("whole", 0));
    }

    [Theory]
    [InlineData("DELETE FROM log WHERE number = 0")]
    [InlineData("UPDATE log SET data = zeroblob(length(data)) WHERE number = 0")]
    [InlineData("UPDATE log SET data = substr(data, 1, 9) WHERE number = 0")]
    [InlineData("UPDATE log SET data = (SELECT data FROM log WHERE number = 1) WHERE number = 0")]
    public async Task An_entry_that_is_not_where_its_record_says_is_reported(string damage)
    {
        await _storage.WriteVersionAsync("r", new(), version: 2, firstVersion: 1);
        await _storage.WriteVersionAsync("whole", new(), version: 2, firstVersion: 1);
        await ReopenAsync(damage);
        await Assert.ThrowsAsync<SqliteStorageException>(() => _storage.HistoryVersionsAsync("r", 0));
        Assert.Equal((long[])[1], await _storage.HistoryVersionsAsync("whole", 0));
    }

    [Theory]
    [InlineData("UPDATE records SET tail = zeroblob(length(tail)) WHERE key LIKE '%/r/%'")]
    [InlineData("UPDATE records SET tail = (SELECT tail FROM records WHERE key LIKE '%/whole/%') WHERE key LIKE '%/r/%'")]
    public async Task A_list_of_entries_that_the_disk_has_changed_is_not_served_nor_written_over(string damage)
    {
        var (record, whole) = (new GrainState<StoredRecord>(), new GrainState<StoredRecord>());
        await _storage.WriteVersionAsync("r", record, version: 2, firstVersion: 1);
        await _storage.WriteVersionAsync("whole", whole, version: 2, firstVersion: 1);
        await ReopenAsync(damage);
        Assert.Contains("damaged", (await Assert.ThrowsAsync<SqliteStorageException>(() => _storage.HistoryVersionsAsync("r", 0))).Message);
        var writes = (_storage.WriteVersionAsync("r", record, version: 3, firstVersion: 1), _storage.WriteVersionAsync("whole", whole, version: 3, firstVersion: 1));
        Assert.Contains("damaged", (await Assert.ThrowsAsync<SqliteStorageException>(() => writes.Item1)).Message);
        await writes.Item2;
        Assert.Equal((long[])[1, 2], await _storage.HistoryVersionsAsync("whole", 0));
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_before_it_is_queued()
    {
        var record = new GrainState<StoredRecord>(new());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _storage.WriteRegisterAsync("state", SqliteStorages.Grain("r"), record, new([new("list", "a\uD83C")], 1, [])));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _storage.WriteRegisterAsync("state", SqliteStorages.Grain("r"), record, new([new("list", "a")], 1, default)));
    }

    private async Task ReopenAsync(string damage = "")
    {
        _storage.Dispose();
        if (damage.Length > 0)
        {
            using var connection = new SqliteConnection($"Data Source={_directory["records.db"]};Pooling=false");
            connection.Open();
            connection.Execute(damage);
        }

        _disk.OnCommit = commit => commit();
        _storage = await Task.Run(() => SqliteStorages.Open(_directory.Path, _disk));
    }
}
