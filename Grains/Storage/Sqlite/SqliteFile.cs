using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The database file of a storage directory: its path, and how it is created and opened.</summary>
internal static class SqliteFile
{
    /// <summary>"Paxo", in the header of every database of this library.</summary>
    public const int ApplicationId = 0x5061786F;

    /// <summary>The version of the schema, also in the header. A database with a later version is refused.</summary>
    public const int FormatVersion = 2;

    /// <summary>Where the version is in the header.</summary>
    public const int UserVersionOffset = 60;

    public const int PageBytes = 4096;

    /// <summary>
    /// Writes are spread over all records. With SQLite's default of 2 MiB, most pages would be read again for each of their writes.
    /// </summary>
    private const int WriterCacheKibibytes = 32 * 1024;

    private const int BusyTimeoutMilliseconds = 5000;

    public static string PathIn(string directory) => Path.Combine(directory, "records.db");

    /// <summary>
    /// Makes an empty database under another name and renames it when it is complete: a process that dies here leaves either nothing or
    /// a whole database, and the header of ours says so from the first moment. Flush the directory afterwards.
    /// </summary>
    public static void Create(string path)
    {
        var unfinished = path + ".new";
        DeleteWithJournals(unfinished);
        using (var connection = Open(unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            connection.Execute($"PRAGMA page_size = {PageBytes}");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute(SqliteTables.Schema);
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            connection.Execute($"PRAGMA user_version = {FormatVersion}");

            // Closing does this too, but without telling of a failure.
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        File.Move(unfinished, path);
    }

    /// <summary>
    /// Opens the connection that writes; <see cref="Configure"/> it when the database is known to be whole. When it closes it leaves the
    /// write-ahead log, so that the next process can recover from it.
    /// </summary>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        KeepLogOnClose(connection, keep: true);
        return connection;
    }

    /// <summary>Makes commits durable, also on macOS. Leaves checkpoints to the writer, so that their failures are noticed.</summary>
    public static void Configure(SqliteConnection writer)
    {
        writer.Execute("PRAGMA journal_mode = WAL");
        writer.Execute("PRAGMA synchronous = FULL");
        writer.Execute("PRAGMA fullfsync = ON");
        writer.Execute("PRAGMA checkpoint_fullfsync = ON");
        writer.Execute("PRAGMA wal_autocheckpoint = 0");
        writer.Execute($"PRAGMA cache_size = -{WriterCacheKibibytes}");
    }

    /// <summary>
    /// Opens a connection that copies the write-ahead log into the database as durably as the writer would, but does not do so when it
    /// closes.
    /// </summary>
    public static SqliteConnection OpenCheckpointer(string path)
    {
        var connection = OpenWriter(path);
        connection.Execute("PRAGMA synchronous = FULL");
        connection.Execute("PRAGMA checkpoint_fullfsync = ON");
        connection.Execute("PRAGMA wal_autocheckpoint = 0");
        return connection;
    }

    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Opens the file as it is, without locks and without the write-ahead log beside it. SQLite then changes nothing, even if the file is
    /// damaged.
    /// </summary>
    public static SqliteConnection OpenUntouched(string path) =>
        Open($"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);

    /// <summary>Lets the connection remove the write-ahead log when it closes.</summary>
    public static void RemoveLogOnClose(SqliteConnection writer) => KeepLogOnClose(writer, keep: false);

    /// <summary>Takes the mark of an open database away without SQLite, which must not have it open. Only its log may be missing, and needless.</summary>
    public static void MarkClosed(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Span<byte> version = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(version, HeaderVersion.Closed.Value);
        RandomAccess.Write(file, version, UserVersionOffset);
        RandomAccess.FlushToDisk(file);
    }

    private static void KeepLogOnClose(SqliteConnection connection, bool keep) =>
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, out _);

    private static SqliteConnection Open(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyTimeoutMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void DeleteWithJournals(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
            File.Delete(path + suffix);
    }
}
