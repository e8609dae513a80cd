using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>
/// Takes a backup: the registers first, and then what new names begin above. A register that is deleted and forgotten meanwhile is in one of the two: the
/// watermark of its bucket is raised before it goes.
/// </summary>
/// <param name="source">The cluster.</param>
internal sealed class Backup(BackupSource source)
{
    private const int WatermarksInLine = 1000;

    /// <summary>Writes a backup.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="output">The file.</param>
    /// <param name="progress">Is told how many registers were written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it has.</returns>
    public async Task<BackupManifest> WriteAsync(BackupHeader header, Stream output, Action<int> progress, CancellationToken cancellationToken)
    {
        using var writer = new BackupWriter(output);
        await writer.WriteAsync(new BackupLine { Backup = header }, cancellationToken);
        var above = new SortedDictionary<int, BucketWatermark>();
        var done = 0;
        await foreach (var page in source.PagesAsync(header.Prefix, cancellationToken))
        {
            foreach (var history in page.Registers)
                await writer.WriteAsync(new BackupLine { Register = BackupRegister.Of(history) }, cancellationToken);
            foreach (var ended in page.Ended)
                Raise(above, ended);
            progress(done += page.Registers.Length);
        }

        await foreach (var watermark in source.WatermarksAsync(header.Buckets, cancellationToken))
            Raise(above, watermark);
        foreach (var line in above.Select(static each => (long[])[each.Key, each.Value.Version, each.Value.Forgotten]).Chunk(WatermarksInLine))
            await writer.WriteAsync(new BackupLine { Watermarks = line }, cancellationToken);
        return await writer.EndAsync(cancellationToken);
    }

    private static void Raise(SortedDictionary<int, BucketWatermark> above, BucketWatermark watermark)
    {
        var known = above.GetValueOrDefault(watermark.Bucket);
        above[watermark.Bucket] = watermark with { Version = Math.Max(known.Version, watermark.Version), Forgotten = Math.Max(known.Forgotten, watermark.Forgotten) };
    }
}
