using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>A file that is written as a whole: its readers see the old one or the new one, never half of one.</summary>
internal sealed class ReplacedFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _temporary;

    private ReplacedFile(string path, FileStream temporary) => (_path, _temporary) = (path, temporary);

    /// <summary>Finds out whether the file can be written, before any work is done for it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it, for messages.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static ReplacedFile Open(string path, string option)
    {
        if (Directory.Exists(path))
            throw new UsageException($"'{path}' is a folder.", $"Give {option} the path of a file.");
        try
        {
            var temporary = new FileStream($"{path}.{Environment.ProcessId}.tmp", FileMode.Create, FileAccess.Write, FileShare.None);
            return new ReplacedFile(path, temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {exception.Message}", $"Give {option} another path.");
        }
    }

    /// <summary>Where the content is written to. It takes the place of the file with <see cref="ReplaceAsync()"/>.</summary>
    public Stream Content => _temporary;

    /// <summary>Puts the content in the place of the file.</summary>
    public async Task ReplaceAsync(byte[] content, CancellationToken cancellationToken)
    {
        await _temporary.WriteAsync(content, cancellationToken);
        await ReplaceAsync();
    }

    /// <summary>Puts what was written in the place of the file, once the disk has it.</summary>
    public async Task ReplaceAsync()
    {
        _temporary.Flush(flushToDisk: true);
        await _temporary.DisposeAsync();
        File.Move(_temporary.Name, _path, overwrite: true);
    }

    /// <summary>Leaves nothing behind but the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _temporary.DisposeAsync();
        File.Delete(_temporary.Name);
    }
}
