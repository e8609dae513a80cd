namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class CrashTests : IDisposable
{
    private const int AcknowledgedBeforeTheKill = 2000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_write_that_was_acknowledged_before_a_kill_is_there_afterwards()
    {
        // Uses the same directory, so that later rounds start from the write-ahead log of a killed process.
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < 3; round++)
        {
            await WriteUntilKilledAsync(acknowledged);
            using var storage = SqliteStorages.Open(_directory.Path);
            foreach (var (key, number) in acknowledged)
            {
                var stored = BitConverter.ToInt64(await storage.ReadAsync(key) ?? throw new InvalidOperationException($"{key} is lost."));
                Assert.True(stored >= number, $"{key}: {number} was acknowledged, {stored} is stored.");

                // The log contains what was committed with the record, and nothing more.
                var entries = await storage.ReadEntriesAsync("state", SqliteStorages.Grain(key), 0);
                var kept = Math.Min(stored, StorageChild.HistoryEntries);
                Assert.Equal(Enumerable.Range(1, (int)kept).Select(age => stored - kept + age - 1), entries.Select(entry => entry.Version));
                Assert.All(entries, entry => Assert.Equal(entry.Version, BitConverter.ToInt64(entry.Bytes)));
                Assert.Contains(key, await storage.ReadNamesAsync("list", key, 1));
            }
        }
    }

    private async Task WriteUntilKilledAsync(Dictionary<string, long> acknowledged)
    {
        using var child = StorageChildProcess.Start(StorageChild.Write, _directory.Path);
        for (var lines = 0; lines < AcknowledgedBeforeTheKill; lines++)
            Note(await child.ReadLineAsync() ?? throw new InvalidOperationException("The child ended by itself."));
        await child.KillAsync();

        // Output that nobody had read yet also counts; a line that the kill cut off does not.
        string? line = null;
        while (await child.ReadLineAsync() is { } next)
        {
            if (line is not null)
                Note(line);
            line = next;
        }

        void Note(string text)
        {
            var parts = text.Split(' ');
            acknowledged[parts[0]] = long.Parse(parts[1]);
        }
    }
}
