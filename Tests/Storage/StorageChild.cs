using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Tests.Storage.Sqlite;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>A process that uses a storage directory until it is killed.</summary>
internal static class StorageChild
{
    public const string Command = "storage-child";
    public const string Hold = "hold";
    public const string Write = "write";
    public const string Reopen = "reopen";

    /// <summary>The number of entries kept for each record.</summary>
    public const int HistoryEntries = 5;

    private const int Writers = 64;

    /// <summary>A disk so slow that a kill almost certainly happens while writes wait for their commit.</summary>
    private static readonly TimeSpan CommitDelay = TimeSpan.FromMilliseconds(5);

    public static Task<int> RunAsync(string task, string directory) => task switch
    {
        Hold => HoldAsync(directory),
        Write => WriteForeverAsync(directory),
        Reopen => ReopenForeverAsync(directory),
        _ => throw new ArgumentException($"Unknown task '{task}'.", nameof(task)),
    };

    /// <summary>Holds the directory until standard input ends.</summary>
    private static async Task<int> HoldAsync(string directory)
    {
        using var storage = SqliteStorages.Open(directory);
        Console.WriteLine("held");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Continues counting in each of its records and prints "record number" after each acknowledged write.</summary>
    private static async Task<int> WriteForeverAsync(string directory)
    {
        var slow = new FaultyDisk
        {
            OnCommit = commit =>
            {
                SpinWait.SpinUntil(() => false, CommitDelay);
                commit();
            },
        };
        using var storage = SqliteStorages.Open(directory, slow);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => CountForeverAsync(storage, $"record-{writer}")));
        return 0;
    }

    /// <summary>Opens the directory, counts on by one, prints the number and closes, again and again.</summary>
    private static async Task<int> ReopenForeverAsync(string directory)
    {
        while (true)
        {
            using var storage = SqliteStorages.Open(directory);
            var record = new GrainState<StoredRecord>();
            await storage.ReadStateAsync("state", SqliteStorages.Grain("counter"), record);
            var number = record.RecordExists ? BitConverter.ToInt64(record.State!.Bytes) + 1 : 0;
            await storage.WriteAsync("counter", BitConverter.GetBytes(number), record.ETag);
            Console.WriteLine(number);
        }
    }

    private static async Task CountForeverAsync(SqliteGrainStorage storage, string key)
    {
        var record = new GrainState<StoredRecord>();
        await storage.ReadStateAsync("state", SqliteStorages.Grain(key), record);
        for (var number = record.RecordExists ? BitConverter.ToInt64(record.State!.Bytes) + 1 : 1; ; number++)
        {
            record.State = new() { Bytes = BitConverter.GetBytes(number) };
            var addition = new RegisterAddition([new NameChange("list", key)], number - HistoryEntries, [new(number - 1, BitConverter.GetBytes(number - 1))]);
            await storage.WriteRegisterAsync("state", SqliteStorages.Grain(key), record, addition);
            Console.WriteLine($"{key} {number}");
        }
    }
}
