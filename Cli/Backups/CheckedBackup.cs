namespace Orleans.Paxos.Cli.Backups;

/// <summary>A backup that was read to its end and is whole.</summary>
/// <param name="Header">What it is of.</param>
/// <param name="Manifest">What it has.</param>
/// <param name="Above">What new names of each bucket begin above.</param>
internal sealed record CheckedBackup(BackupHeader Header, BackupManifest Manifest, IReadOnlyDictionary<int, BucketWatermark> Above)
{
    /// <summary>Reads a whole file and checks it.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="progress">Is told how many bytes were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Errors.UsageException">It is damaged, is not whole, or is no backup.</exception>
    public static async Task<CheckedBackup> ReadAsync(BackupReader reader, Action<long> progress, CancellationToken cancellationToken)
    {
        var (header, manifest) = ((BackupHeader?)null, (BackupManifest?)null);
        var above = new Dictionary<int, BucketWatermark>();
        await foreach (var line in reader.ReadAsync(cancellationToken))
        {
            (header, manifest) = (line.Backup ?? header, line.Whole);
            foreach (var watermark in line.Watermarks ?? [])
                above[(int)watermark[0]] = new BucketWatermark((int)watermark[0], watermark[1], watermark[2], Round: 0);
            progress(reader.BytesRead);
        }

        return new CheckedBackup(header!, manifest!, above);
    }
}
