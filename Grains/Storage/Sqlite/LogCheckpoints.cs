using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos;

/// <summary>
/// Copies the write-ahead log into the database when it has grown. SQLite would do so by itself, but within somebody's commit, and
/// would keep a failure to itself.
/// </summary>
/// <param name="connection">The connection that writes.</param>
/// <param name="readers">All who read beside it.</param>
internal sealed class LogCheckpoints(SqliteConnection connection, SqliteReaders readers)
{
    /// <summary>At this many times <see cref="IntervalPages"/> reads have to wait, so that the log can start again from its beginning.</summary>
    private const int OvergrownFactor = 4;

    /// <summary>By how many pages the log grows before it is copied; 16 MiB. Tests make it less.</summary>
    public int IntervalPages { get; set; } = 4096;

    /// <exception cref="SqliteException">The disk has failed.</exception>
    public void RunWhenDue()
    {
        if (PagesLogged(reset: false) < IntervalPages)
            return;

        PagesLogged(reset: true);
        if (Run("PASSIVE") > OvergrownFactor * IntervalPages)
            readers.HoldOut(() => Run("TRUNCATE"));
    }

    /// <returns>How many pages the log has. It goes on growing while at every moment some read needs what it holds.</returns>
    private long Run(string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var result = command.ExecuteReader();
        return result.Read() ? result.GetInt64(1) : 0;
    }

    private int PagesLogged(bool reset)
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, reset ? 1 : 0);
        return pages;
    }
}
