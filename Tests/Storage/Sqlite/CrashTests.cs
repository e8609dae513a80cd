namespace Orleans.Paxos.Tests;

public sealed class CrashTests : IDisposable
{
    private const int AcknowledgedBeforeTheKill = 2000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_write_that_was_acknowledged_before_a_kill_is_there_afterwards()
    {
        // Over the same directory, so that later rounds start from a log that a killed process left.
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < 3; round++)
        {
            await WriteUntilKilledAsync(acknowledged);
            using var storage = SqliteStorages.Open(_directory.Path);
            foreach (var (key, number) in acknowledged)
            {
                var stored = BitConverter.ToInt64(await storage.ReadAsync(key) ?? throw new InvalidOperationException($"{key} is lost."));
                Assert.True(stored >= number, $"{key}: {number} was acknowledged, {stored} is stored.");
            }
        }
    }

    private async Task WriteUntilKilledAsync(Dictionary<string, long> acknowledged)
    {
        using var child = StorageChildProcess.Start(StorageChild.Write, _directory.Path);
        for (var lines = 0; lines < AcknowledgedBeforeTheKill; lines++)
            Note(await child.ReadLineAsync() ?? throw new InvalidOperationException("The child ended by itself."));
        await child.KillAsync();

        // What it had printed and nobody had read yet counts too; a line cut off by the kill does not.
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
