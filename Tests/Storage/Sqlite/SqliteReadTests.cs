using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class SqliteReadTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk = new();
    private readonly SqliteGrainStorage _storage;

    public SqliteReadTests() => _storage = SqliteStorages.Open(
        _directory.Path, new SqliteStoreSettings { Disk = _disk, PagesBetweenCheckpoints = 64 }, maximumRecordBytes: 32 * 1024 * 1024);

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_read_sees_every_write_that_was_acknowledged_before_it_began()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async writer =>
        {
            string? etag = null;
            for (var number = 0; number < 100; number++)
            {
                etag = await _storage.WriteAsync($"record-{writer}", BitConverter.GetBytes(number), etag);
                Assert.Equal(number, BitConverter.ToInt32(await _storage.ReadAsync($"record-{writer}")));
            }
        }));
    }

    [Fact]
    public async Task A_read_does_not_wait_for_a_commit_that_takes_long()
    {
        await _storage.WriteAsync("record", [1]);
        using var gate = new ManualResetEventSlim();
        _disk.OnCommit = commit =>
        {
            gate.Wait();
            commit();
        };
        var slow = _storage.WriteAsync("slow", [1]);
        Assert.Equal([1], await _storage.ReadAsync("record"));
        Assert.False(slow.IsCompleted);
        gate.Set();
        await slow;
    }

    [Fact]
    public async Task A_record_of_the_largest_size_is_stored_and_one_byte_more_is_refused_by_name()
    {
        var largest = new byte[32 * 1024 * 1024];
        new Random(1).NextBytes(largest);
        await _storage.WriteAsync("large", largest);
        Assert.Equal(largest, await _storage.ReadAsync("large"));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => _storage.WriteAsync("larger", new byte[largest.Length + 1]));
        Assert.Contains("33554433 bytes", refusal.Message);
        Assert.Contains("at most 33554432", refusal.Message);
        Assert.Null(await _storage.ReadAsync("larger"));
    }

    [Fact]
    public async Task The_log_does_not_grow_without_end_under_reads_that_never_pause()
    {
        await _storage.WriteAsync("large", new byte[1024 * 1024]);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await _storage.ReadAsync("large");
        })).ToList();

        // 2,048 pages go through a write-ahead log that is copied back every 64 pages and truncated at 256.
        string? etag = null;
        for (var i = 0; i < 128; i++)
            etag = await _storage.WriteAsync("record", new byte[16 * 4096], etag);
        var writeAheadLogPages = new FileInfo(_directory["records.db-wal"]).Length / 4096;
        stop.Cancel();
        await Task.WhenAll(readers);
        Assert.True(writeAheadLogPages < 1024, $"The write-ahead log has {writeAheadLogPages} pages.");
    }
}
