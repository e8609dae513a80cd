namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>How much this process has had written to disk, as Linux counts it.</summary>
internal static class DiskCounter
{
    private const string File = "/proc/self/io";
    private const string Key = "write_bytes: ";

    /// <summary>The bytes so far; null where nobody counts them.</summary>
    public static long? WrittenBytes() => System.IO.File.Exists(File)
        ? long.Parse(System.IO.File.ReadLines(File).First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..])
        : null;
}
