using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Makes the names in a directory durable. On Unix, a new file may disappear in a power failure even though its content was flushed.
/// Windows journals names itself.
/// </summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int AccessDenied = 13; // EACCES on Linux and on macOS

    /// <summary>
    /// Creates a directory and its missing parents, and makes each new name durable; also the name of one that is there, because a
    /// process that died may have created it and not flushed it.
    /// </summary>
    public static void Create(string directory)
    {
        if (Path.GetDirectoryName(directory) is not { } parent)
            return;

        var existed = Directory.Exists(directory);
        if (!existed)
        {
            Create(parent);
            Directory.CreateDirectory(directory);
        }

        try
        {
            Flush(parent);
        }
        catch (UnauthorizedAccessException) when (existed)
        {
            // This user cannot read the parent, so somebody else created the directory for it.
        }
    }

    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = OpenDescriptor(directory, ReadOnly);
        if (descriptor < 0)
            throw Failure(directory);
        try
        {
            if (FlushDescriptor(descriptor) != 0)
                throw Failure(directory);
        }
        finally
        {
            CloseDescriptor(descriptor);
        }
    }

    private static Exception Failure(string directory)
    {
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        var message = $"The directory '{directory}' could not be flushed: {cause.Message}";
        return cause.NativeErrorCode == AccessDenied ? new UnauthorizedAccessException(message, cause) : new IOException(message, cause);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenDescriptor([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FlushDescriptor(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseDescriptor(int descriptor);
}
