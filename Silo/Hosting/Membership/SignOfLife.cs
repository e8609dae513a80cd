namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>
/// A locked file for each silo that runs. The operating system releases the lock when the process ends, however it ends: a silo
/// that starts need not wait until the killed ones of before have been probed for long enough.
/// </summary>
/// <param name="directory">Where the files are; one for each membership file.</param>
internal sealed class SignOfLife(string directory) : IDisposable
{
    private FileStream? _held;

    /// <summary>Locks the file of the silo of this process.</summary>
    /// <param name="silo">The silo.</param>
    public void Hold(SiloAddress silo)
    {
        Directory.CreateDirectory(directory);
        _held ??= new FileStream(FileOf(silo), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Whether a silo's process is gone.</summary>
    /// <param name="silo">The silo.</param>
    public bool IsGone(SiloAddress silo)
    {
        try
        {
            using var file = new FileStream(FileOf(silo), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private string FileOf(SiloAddress silo) => Path.Combine(directory, silo.ToParsableString().Replace(':', '-').Replace('@', '-'));
}
