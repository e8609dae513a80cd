using System.Globalization;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Benchmarks.Names;

/// <summary>What names that came and went have left: on disk, in memory and in lists.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="curves">Receives the figures.</param>
internal sealed class Footprint(BareCluster cluster, Curves curves)
{
    private const string Disk = "Disk of the largest acceptor";
    private const string InUse = "pages in use";
    private const string Memory = "Memory";
    private const string Managed = "managed, after a collection";
    private const string Listed = "Names listed";
    private const string Registers = "registers with a value";
    private const int Repetitions = 9;
    private const double BytesInMebibyte = 1024 * 1024;

    /// <summary>Measures what there is while nothing is under way.</summary>
    /// <param name="names">How many names came and went.</param>
    public async Task MeasureAsync(long names)
    {
        AddDisk(names);
        curves.Add(Memory, Managed, "MiB", names, SiloMemory.Bytes() / BytesInMebibyte);
        curves.Add(Memory, "working set", "MiB", names, Environment.WorkingSet / BytesInMebibyte);
        var (listed, times) = (0, new List<TimeSpan>());
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var started = TimeProvider.System.GetTimestamp();
            listed = await cluster.CountListedAsync();
            times.Add(TimeProvider.System.GetElapsedTime(started));
        }

        curves.Add(Listed, Registers, "names", names, listed);
        curves.Add("Listing of all names", $"median of {Repetitions}", "ms", names, Median(times));
    }

    /// <summary>The main figures of the last measurement in words.</summary>
    /// <param name="names">How many names came and went.</param>
    public string Summary(long names) => string.Create(
        CultureInfo.InvariantCulture,
        $"{curves.ValueAt(Listed, Registers, names):n0} listed, {curves.ValueAt(Disk, InUse, names):0.00} MiB of disk in use, {curves.ValueAt(Memory, Managed, names):0.0} MiB managed");

    /// <summary>Measures how large an acceptor's database is when it is closed, and how long the acceptor takes from opening it until it votes.</summary>
    /// <param name="names">How many names came and went.</param>
    public async Task MeasureStartUpAsync(long names)
    {
        var (times, bytes) = (new List<TimeSpan>(), 0L);
        foreach (var acceptor in cluster.Names)
        {
            cluster.Close(acceptor);
            bytes = Math.Max(bytes, BytesOf(cluster.FolderOf(acceptor)));
            var started = TimeProvider.System.GetTimestamp();
            cluster.Open(acceptor);
            await cluster.VotesAsync(acceptor);
            times.Add(TimeProvider.System.GetElapsedTime(started));
        }

        curves.Add(Disk, "all files, closed", "MiB", names, bytes / BytesInMebibyte);
        curves.Add("Start-up", "until it votes, median of three acceptors", "ms", names, Median(times));
    }

    private void AddDisk(long names)
    {
        var folders = cluster.Names.Select(cluster.FolderOf).ToList();
        curves.Add(Disk, "all files, open", "MiB", names, folders.Max(BytesOf) / BytesInMebibyte);
        curves.Add(Disk, InUse, "MiB", names, folders.Max(folder => Number(folder, "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")) * SqliteFile.PageBytes / BytesInMebibyte);
        curves.Add(Disk, "watermarks", "MiB", names, folders.Max(folder => Number(folder, "SELECT coalesce(sum(length(data)), 0) FROM records WHERE key LIKE '%/watermarks-%'")) / BytesInMebibyte);
        curves.Add("Records of the largest acceptor", "registers and watermarks", "records", names, folders.Max(folder => Number(folder, "SELECT count(*) FROM records")));
    }

    private static long BytesOf(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static long Number(string folder, string query)
    {
        using var connection = SqliteFile.OpenReader(SqliteFile.PathIn(folder));
        return (long)connection.Query(query)!;
    }

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;
}
