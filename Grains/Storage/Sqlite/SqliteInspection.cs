using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Inspects a storage directory before SQLite opens it, and refuses files of other applications without changing them.</summary>
internal static class SqliteInspection
{
    /// <summary>
    /// Up to this size, the whole file is checked when it is opened, which takes about 0.2 s. Without the check, a record whose key the
    /// disk has altered would seem never to have existed. In a larger file, only the paths that lead to the records are checked.
    /// </summary>
    private const long WholeCheckBytes = 64 * 1024 * 1024;

    private const int HeaderBytes = 100;
    private const int UserVersionOffset = 60;
    private const int ApplicationIdOffset = 68;
    private const string MoveAway = "Move it out of the directory and keep it, or give this silo a directory of its own.";
    private const string Restore = "Keep a copy of the directory for analysis; then restore it from a backup, or start this silo on an empty directory.";

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Determines what the directory holds, from the files alone.</summary>
    /// <exception cref="SqliteStorageRefusedException">The file is damaged or not this library's, or only its write-ahead log
    /// exists.</exception>
    public static SqliteFileState Judge(string path)
    {
        var writeAheadLog = new FileInfo(path + "-wal");
        var hasWriteAheadLog = writeAheadLog is { Exists: true, Length: > 0 };
        if (!File.Exists(path))
        {
            return hasWriteAheadLog
                ? throw new SqliteStorageRefusedException(writeAheadLog.FullName, "is the write-ahead log of a database that is missing beside it", Restore)
                : SqliteFileState.Absent;
        }

        CheckHeader(path);
        if (hasWriteAheadLog)
            return SqliteFileState.NeedsWriteAheadLog;

        using var connection = SqliteFile.OpenUntouched(path);
        CheckContent(path, connection);
        return SqliteFileState.Whole;
    }

    /// <summary>Checks the content of the tables, as the connection sees them.</summary>
    /// <exception cref="SqliteStorageRefusedException">The tables are damaged or not this library's.</exception>
    public static void CheckContent(string path, SqliteConnection connection)
    {
        try
        {
            if (connection.Query("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'") is not SqliteTables.Schema)
                throw new SqliteStorageRefusedException(path, "holds other tables than this version makes", MoveAway);

            // These queries read a path down to a leaf of every tree.
            connection.Query("SELECT max(id), (SELECT max(key) FROM records) FROM records");
            connection.Query("SELECT max(number), (SELECT max(was) FROM log), (SELECT max(list) FROM names) FROM log");
            if (new FileInfo(path).Length <= WholeCheckBytes && connection.Query("PRAGMA integrity_check(1)") is not "ok" and var finding)
                throw new SqliteStorageRefusedException(path, $"is damaged ({finding})", Restore);
        }
        catch (SqliteException damage) when (SqliteErrors.IsDamage(damage))
        {
            throw new SqliteStorageRefusedException(path, $"is damaged ({damage.Message})", Restore, damage);
        }
    }

    private static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Magic))
                throw new SqliteStorageRefusedException(path, "is not an SQLite database", MoveAway);
        }

        var application = BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]);
        if (application != SqliteFile.ApplicationId)
        {
            throw new SqliteStorageRefusedException(
                path, $"is an SQLite database of another application (application id 0x{application:X8})", MoveAway);
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(header[UserVersionOffset..]);
        if (version != SqliteFile.FormatVersion)
        {
            throw new SqliteStorageRefusedException(
                path,
                $"has format version {version}; this build reads version {SqliteFile.FormatVersion}",
                "Start it with the release that wrote it, or a later one.");
        }
    }
}

/// <summary>The content of a storage directory.</summary>
internal enum SqliteFileState
{
    /// <summary>No database.</summary>
    Absent,

    /// <summary>A database of this library that was closed properly.</summary>
    Whole,

    /// <summary>
    /// A database of this library whose last process died. The file may be between two states, and is complete only with its write-ahead
    /// log.
    /// </summary>
    NeedsWriteAheadLog,
}
