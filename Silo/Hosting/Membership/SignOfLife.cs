namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>
/// Holds a locked file for each running silo. The operating system releases the lock when the process ends, however it ends,
/// so a silo that starts does not have to wait until Orleans has probed the killed silos for long enough.
/// </summary>
/// <param name="directory">The directory of the files, one for each membership file.</param>
internal sealed class SignOfLife(string directory) : IDisposable
{
    private FileStream? _held;

    /// <summary>Locks the file of this process's silo.</summary>
    /// <param name="silo">The silo.</param>
    public void Hold(SiloAddress silo)
    {
        Directory.CreateDirectory(directory);
        _held ??= new FileStream(FileOf(silo), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Whether the process of a silo has ended.</summary>
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
