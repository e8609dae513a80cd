using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The exclusive right to use a storage directory: an open file that nobody else, in this process or another, can open. The operating
/// system releases it when the process ends, however it ends.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    private static int[] SharingViolations => [11, 35, unchecked((int)0x80070020)]; // EWOULDBLOCK on Linux and on macOS; Windows

    /// <summary>Takes the lock. If someone else has it, nothing in the directory changes, and the exception names the holder.</summary>
    public static DirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "lock");
        var owner = Path.Combine(directory, "lock.owner");
        FileStream file;
        try
        {
            file = Open(path);
        }
        catch (IOException taken) when (SharingViolations.Contains(taken.HResult))
        {
            throw new SqliteStorageLockedException(directory, Holder(owner));
        }

        try
        {
            RequireThatLocksWork(directory, path);
            File.WriteAllText(owner, $"process {Environment.ProcessId} on machine '{Environment.MachineName}'");
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Checks that locks work. On a file system without locks, .NET opens the file as if it were locked.</summary>
    private static void RequireThatLocksWork(string directory, string path)
    {
        try
        {
            Open(path).Dispose();
        }
        catch (IOException taken) when (SharingViolations.Contains(taken.HResult))
        {
            return;
        }

        throw new SqliteStorageException(
            $"The file system of the storage directory '{directory}' does not support file locks, so it cannot keep a second owner " +
            "out. Nothing was read or changed. Use a directory on a local disk, and do not set DOTNET_SYSTEM_IO_DISABLEFILELOCKING.");
    }

    private static string Holder(string owner)
    {
        try
        {
            return File.ReadAllText(owner);
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
