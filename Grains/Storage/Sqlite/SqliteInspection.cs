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
    private const int ApplicationIdOffset = 68;
    private const string MoveAway = "Move it out of the directory and keep it, or give this silo a directory of its own.";
    private const string LeaveOut =
        "Move the directory away and keep it. Never restore an acceptor's directory from a backup, which has forgotten promises: the other acceptors go on without it. " +
        "On an empty directory this silo starts, and does not vote; docs/operations.md tells the way back to a full set.";

    private const string BringBack =
        "Promises and values may be lost without it, so this acceptor does not vote. Put the log back as it was. If it is gone, this storage " +
        "is lost: the other acceptors go on as long as they are a majority. Restore nothing from a backup (docs/operations.md).";

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Judges by the files alone what the directory holds.</summary>
    /// <exception cref="SqliteStorageRefusedException">It is not ours or damaged, or one of database and write-ahead log is there without the other.</exception>
    public static SqliteFileState Judge(string path)
    {
        var writeAheadLog = new FileInfo(WriteAheadLog.PathOf(path));
        if (!File.Exists(path))
        {
            return writeAheadLog is { Exists: true, Length: > 0 }
                ? throw new SqliteStorageRefusedException(writeAheadLog.FullName, "is the write-ahead log of a database that is missing beside it", LeaveOut)
                : SqliteFileState.Absent;
        }

        var version = CheckHeader(path);
        var log = WriteAheadLog.Read(path);
        CheckLog(path, version, log);
        if (log is { Frames: > 0 })
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
                throw new SqliteStorageRefusedException(path, $"is damaged ({finding})", LeaveOut);
        }
        catch (SqliteException damage) when (SqliteErrors.IsDamage(damage))
        {
            throw new SqliteStorageRefusedException(path, $"is damaged ({damage.Message})", LeaveOut, damage);
        }
    }

    private static HeaderVersion CheckHeader(string path)
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

        var version = new HeaderVersion(BinaryPrimitives.ReadInt32BigEndian(header[SqliteFile.UserVersionOffset..]));
        if (version.Format != SqliteFile.FormatVersion)
        {
            throw new SqliteStorageRefusedException(
                path,
                $"has format version {version.Format}; this build reads version {SqliteFile.FormatVersion}",
                "Start it with the release that wrote it, or a later one.");
        }

        return version;
    }

    /// <summary>An open database is whole only with all that its write-ahead log held when it was used last.</summary>
    private static void CheckLog(string path, HeaderVersion version, WriteAheadLog? log)
    {
        if (version.IsOpen && LogProblem(path, version, log) is { } problem)
            throw new SqliteStorageRefusedException(path, $"was in use when its process ended, and its write-ahead log beside it {problem}", BringBack);
        if (log is not null && WriteAheadLogIndex.FramesOf(path, log.Salts) is var frames && log.Frames < frames)
        {
            throw new SqliteStorageRefusedException(
                WriteAheadLog.PathOf(path), $"was cut off or damaged: it holds {log.Frames} pages of the {frames} that were committed", BringBack);
        }
    }

    private static string? LogProblem(string path, HeaderVersion version, WriteAheadLog? log)
    {
        var file = new FileInfo(WriteAheadLog.PathOf(path));
        if (!file.Exists)
            return $"('{file.Name}') is missing";
        if (file.Length < WriteAheadLog.LeastBytes)
            return $"('{file.Name}') was cut off: it has {file.Length} bytes";
        if (log is null)
            return $"('{file.Name}') is damaged: it does not begin as a log does";
        return version.Allows(log.Generation) ? null : $"('{file.Name}') is not the one that it was used with";
    }
}

/// <summary>The content of a storage directory.</summary>
internal enum SqliteFileState
{
    /// <summary>No database.</summary>
    Absent,

    /// <summary>A database of ours that needs no write-ahead log: it was closed in order, or all that was committed has been copied into it.</summary>
    Whole,

    /// <summary>
    /// A database of this library whose last process died. The file may be between two states, and is complete only with its write-ahead
    /// log.
    /// </summary>
    NeedsWriteAheadLog,
}
