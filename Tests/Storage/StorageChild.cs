namespace Orleans.Paxos.Tests;

/// <summary>A process that uses a storage directory until it is killed.</summary>
internal static class StorageChild
{
    public const string Command = "storage-child";
    public const string Hold = "hold";
    public const string Write = "write";

    private const int Writers = 64;

    public static Task<int> RunAsync(string task, string directory) => task switch
    {
        Hold => HoldAsync(directory),
        Write => WriteForeverAsync(directory),
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

    /// <summary>Writes 1, 2, 3 ... into each of its records and prints "record number" after each was acknowledged.</summary>
    private static async Task<int> WriteForeverAsync(string directory)
    {
        using var storage = SqliteStorages.Open(directory);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var key = $"record-{writer}";
            string? etag = null;
            for (var number = 1L; ; number++)
            {
                etag = await storage.WriteAsync(key, BitConverter.GetBytes(number), etag);
                Console.WriteLine($"{key} {number}");
            }
        }));
        return 0;
    }
}
