using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Interprets SQLite's error codes.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether the file does not hold a complete database.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// The disk, or what is on it, is not reliable. Every error counts, except the few that are known to change nothing: another tool
    /// holds SQLite's own lock, memory or file descriptors ran out, or a value is too large.
    /// </summary>
    public static bool IsDiskFailure(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_CANTOPEN or raw.SQLITE_TOOBIG) };

    /// <summary>Creates the exception for data that does not match its checksum, or for a damaged reference to it.</summary>
    /// <param name="what">What is damaged, as the beginning of a sentence.</param>
    /// <param name="connection">The connection that read it.</param>
    public static SqliteStorageException Damaged(string what, SqliteConnection connection) => new(
        $"{what} in '{connection.DataSource}' is damaged: its checksum does not match. It is not served; the other records are. " +
        "Check the disk. Never restore an acceptor's directory from a backup, which has forgotten promises: the other acceptors go on without it, and " +
        "docs/operations.md tells the way back to a full set.");
}
