using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Inspects a storage directory before SQLite opens it, and refuses files that are not ours without changing them.</summary>
internal static class SqliteInspection
{
    /// <summary>
    /// Up to this size the whole file is checked when it is opened, in about 0.2 s: if the disk had changed a key, its record would seem
    /// never to have existed. In a larger file only the paths that lead to the records are checked.
    /// </summary>
    private const long WholeCheckBytes = 64 * 1024 * 1024;

    private const int HeaderBytes = 100;
    private const int UserVersionOffset = 60;
    private const int ApplicationIdOffset = 68;
    private const string MoveAway = "Move it out of the directory and keep it, or give this silo a directory of its own.";
    private const string LeaveOut =
        "Move the directory away and keep it. Never restore an acceptor's directory from a backup, which has forgotten promises: the other acceptors go on without it. " +
        "On an empty directory this silo starts, and does not vote; docs/operations.md tells the way back to a full set.";

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Judges by the files alone what the directory holds.</summary>
    /// <exception cref="SqliteStorageRefusedException">It is not ours or damaged, or only its write-ahead log is there.</exception>
    public static SqliteFileState Judge(string path)
    {
        var writeAheadLog = new FileInfo(path + "-wal");
        var hasWriteAheadLog = writeAheadLog is { Exists: true, Length: > 0 };
        if (!File.Exists(path))
        {
            return hasWriteAheadLog
                ? throw new SqliteStorageRefusedException(writeAheadLog.FullName, "is the write-ahead log of a database that is missing beside it", LeaveOut)
                : SqliteFileState.Absent;
        }

        CheckHeader(path);
        if (hasWriteAheadLog)
            return SqliteFileState.NeedsWriteAheadLog;

        using var connection = SqliteFile.OpenUntouched(path);
        CheckContent(path, connection);
        return SqliteFileState.Whole;
    }

    /// <summary>Checks what the tables hold, as the connection sees them.</summary>
    /// <exception cref="SqliteStorageRefusedException">They are not ours, or damaged.</exception>
    public static void CheckContent(string path, SqliteConnection connection)
    {
        try
        {
            if (connection.Query("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'") is not SqliteTables.Schema)
                throw new SqliteStorageRefusedException(path, "holds other tables than this version makes", MoveAway);

            // These queries go down to a leaf of every tree.
            connection.Query("SELECT max(id), (SELECT max(key) FROM records) FROM records");
            connection.Query("SELECT max(number), (SELECT max(was) FROM log), (SELECT max(list) FROM names) FROM log");
            if (new FileInfo(path).Length <= WholeCheckBytes && connection.Query("PRAGMA integrity_check(1)") is not "ok" and var finding)
                throw new SqliteStorageRefusedException(path, $"is damaged ({finding})", LeaveOut);
        }
        catch (SqliteException damage) when (SqliteErrors.IsDamage(damage))
        {
            throw new SqliteStorageRefusedException(path, $"is damaged ({damage.Message})", LeaveOut, damage);
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

/// <summary>What lies in a storage directory.</summary>
internal enum SqliteFileState
{
    /// <summary>No database.</summary>
    Absent,

    /// <summary>A database of ours that was closed in order.</summary>
    Whole,

    /// <summary>A database of ours whose last process died. The file may be between two states; it is whole only with its write-ahead log.</summary>
    NeedsWriteAheadLog,
}
