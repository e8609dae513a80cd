namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>SQLite's write-ahead log as a file: what SQLite does not do about it.</summary>
internal static class WriteAheadLog
{
    private const int BytesAtOnce = 1024 * 1024;

    public static string PathOf(string database) => database + "-wal";

    /// <summary>
    /// Makes durable what a process that died has left. It may have written commits and not flushed them, and after a flush that failed
    /// the operating system may take the pages for clean, so that the next flush does nothing and succeeds. So every byte is written
    /// again before the flush. Each stays what it is, so that whoever dies halfway leaves the log as it was.
    /// </summary>
    public static void MakeDurable(string database)
    {
        using var log = File.OpenHandle(PathOf(database), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var buffer = new byte[BytesAtOnce];
        long at = 0;
        while (RandomAccess.Read(log, buffer, at) is > 0 and var read)
        {
            RandomAccess.Write(log, buffer.AsSpan(0, read), at);
            at += read;
        }

        RandomAccess.FlushToDisk(log);
    }
}
