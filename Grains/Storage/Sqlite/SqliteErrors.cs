using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>What SQLite's error codes mean here.</summary>
internal static class SqliteErrors
{
    /// <summary>What the file holds is not a whole database.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// The disk, or what is on it, cannot be relied on. Everything counts but the few errors that are known to leave all as it was: a tool
    /// that an operator runs on the file holds SQLite's own lock, memory ran out, a value is too large.
    /// </summary>
    public static bool IsDiskFailure(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_TOOBIG) };

    /// <summary>What was read does not fit its checksum, or what refers to it.</summary>
    /// <param name="what">What it is, as a sentence begins.</param>
    /// <param name="connection">The connection that read it.</param>
    public static SqliteStorageException Damaged(string what, SqliteConnection connection) => new(
        $"{what} in '{connection.DataSource}' is damaged: its checksum does not match. It is not served; the other records are. " +
        "Look to the disk, then restore the directory from a backup.");
}
