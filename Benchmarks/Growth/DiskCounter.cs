namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Reads how many bytes this process has caused to be written to disk, as Linux counts them.</summary>
internal static class DiskCounter
{
    private const string File = "/proc/self/io";
    private const string Key = "write_bytes: ";

    /// <summary>Gets the number of bytes so far; null when the system does not count them.</summary>
    public static long? WrittenBytes() => System.IO.File.Exists(File)
        ? long.Parse(System.IO.File.ReadLines(File).First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..])
        : null;
}
