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

    /// <summary>Creates a directory and its missing parents, and makes each new name durable.</summary>
    public static void Create(string directory)
    {
        if (Directory.Exists(directory))
            return;

        var parent = Path.GetDirectoryName(directory);
        if (parent is not null)
            Create(parent);
        Directory.CreateDirectory(directory);
        if (parent is not null)
            Flush(parent);
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

    private static IOException Failure(string directory)
    {
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        return new($"The directory '{directory}' could not be flushed: {cause.Message}", cause);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenDescriptor([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FlushDescriptor(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseDescriptor(int descriptor);
}
