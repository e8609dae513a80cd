using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Trimming keeps everything within a register's history, and the table does not grow without limit.</summary>
public sealed class HistoryTrimmingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1, 1), InlineData(2, 4), InlineData(3, 16), InlineData(4, 64), InlineData(5, 300), InlineData(6, 300)]
    public async Task Whatever_is_written_every_live_entry_can_be_read_and_the_log_stays_short(int seed, int writersAtOnce)
    {
        var random = new Random(seed);
        var registers = Enumerable.Range(0, 300).Select(number => new Register($"r{number}", HistoryEntries: random.Next(1, 30))).ToArray();
        var storage = SqliteStorages.Open(_directory.Path);
        for (var left = 1500 + (writersAtOnce * 40); left > 0; left -= writersAtOnce)
        {
            // Few registers are busy and most are idle, so live entries are mixed with obsolete ones.
            var busy = registers.OrderBy(_ => random.NextDouble()).Take(writersAtOnce).Select(register => random.Next(4) > 0 ? registers[random.Next(5)] : register).Distinct();
            await Task.WhenAll(busy.Select(register => register.WriteAsync(storage)));
            AssertShort(storage, registers);
            if (random.Next(50) == 0)
                await registers[random.Next(registers.Length)].ClearAsync(storage);
            if (random.Next(100) > 0)
                continue;
            storage.Dispose();
            storage = SqliteStorages.Open(_directory.Path);
            await AssertAllThereAsync(storage, registers);
        }

        await AssertAllThereAsync(storage, registers);
        storage.Dispose();
    }

    [Fact]
    public async Task One_busy_register_among_idle_ones_does_not_make_the_log_grow()
    {
        using var storage = SqliteStorages.Open(_directory.Path);
        var registers = Enumerable.Range(0, 20).Select(number => new Register($"r{number}", HistoryEntries: 16)).ToArray();
        for (var round = 0; round < 16; round++)
            await Task.WhenAll(registers.Select(register => register.WriteAsync(storage)));
        for (var round = 0; round < 1_500; round++)
            await registers[0].WriteAsync(storage);
        AssertShort(storage, registers);
        await AssertAllThereAsync(storage, registers);
    }

    [Fact]
    public async Task A_history_is_whole_while_the_log_is_trimmed_under_its_reader()
    {
        var disk = new FaultyDisk();
        using var storage = SqliteStorages.Open(_directory.Path, disk);
        var busy = new Register("busy", HistoryEntries: 4);
        for (var version = 1; version <= 10; version++)
            await busy.WriteAsync(storage);
        var key = RecordKey.Of("state", SqliteStorages.Grain("busy"));
        disk.OnReadSegments = read =>
        {
            for (var version = 1; version <= 300; version++)
                busy.WriteAsync(storage).Wait();
            read();
        };
        var read = await storage.Store.ReadAsync(reader => reader.Entries(key, firstVersion: 0));
        disk.OnReadSegments = read => read();
        Assert.Equal([7, 8, 9, 10], read.Select(entry => (int)entry.Version));
        Assert.InRange(storage.Store.Writer.History.First, 11, long.MaxValue);
        await busy.AssertAllThereAsync(storage);
    }

    private static void AssertShort(SqliteGrainStorage storage, Register[] registers)
    {
        var history = storage.Store.Writer.History;
        var live = registers.Sum(register => register.Live);

        // A restart forgets a clear that no other write followed: its entries then count as live until the history ends.
        Assert.InRange(history.Live, live, live + 300);
        Assert.InRange(history.Entries, live, (2 * history.Live) + 1000);
    }

    private static async Task AssertAllThereAsync(SqliteGrainStorage storage, Register[] registers)
    {
        foreach (var register in registers)
            await register.AssertAllThereAsync(storage);
    }

    private sealed class Register(string key, int HistoryEntries)
    {
        private GrainState<StoredRecord> _state = new();
        private long _version = 1;

        public long Live => _version == 1 ? 0 : Math.Min(_version - 1, HistoryEntries);

        public Task WriteAsync(SqliteGrainStorage storage)
        {
            _version++;
            return storage.WriteVersionAsync(key, _state, _version, _version - HistoryEntries);
        }

        public async Task ClearAsync(SqliteGrainStorage storage)
        {
            if (_version == 1)
                return;
            await storage.ClearStateAsync("state", SqliteStorages.Grain(key), _state);
            (_state, _version) = (new(), 1);
        }

        public async Task AssertAllThereAsync(SqliteGrainStorage storage) => Assert.Equal(
            Enumerable.Range(1, (int)_version - 1).Select(version => (long)version).TakeLast(HistoryEntries),
            await storage.HistoryVersionsAsync(key, firstVersion: 0));
    }
}
