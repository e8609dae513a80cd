namespace Orleans.Paxos.Cli.Backups;

/// <summary>Writes a backup line by line. A part ends after so many lines or bytes, so that a reader can say where a file is damaged.</summary>
/// <param name="output">The file.</param>
internal sealed class BackupWriter(Stream output) : IDisposable
{
    private const int MostLinesInPart = 1000;
    private const int MostBytesInPart = 1024 * 1024;

    private readonly BackupHashes _hashes = new();

    /// <summary>Writes a line of a part.</summary>
    public async Task WriteAsync(BackupLine line, CancellationToken cancellationToken)
    {
        var bytes = line.ToBytes();
        _hashes.Add(line, bytes);
        await output.WriteAsync(bytes, cancellationToken);
        if (_hashes.Lines >= MostLinesInPart || _hashes.Bytes >= MostBytesInPart)
            await output.WriteAsync(_hashes.EndPart(), cancellationToken);
    }

    /// <summary>Writes the last line.</summary>
    public async Task<BackupManifest> EndAsync(CancellationToken cancellationToken)
    {
        if (_hashes.Lines > 0)
            await output.WriteAsync(_hashes.EndPart(), cancellationToken);
        var manifest = _hashes.Whole();
        await output.WriteAsync(new BackupLine { Whole = manifest }.ToBytes(), cancellationToken);
        return manifest;
    }

    public void Dispose() => _hashes.Dispose();
}
