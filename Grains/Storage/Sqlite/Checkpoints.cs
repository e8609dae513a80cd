using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database when it has grown. SQLite would do so by itself, but within somebody's commit, and
/// would keep a failure to itself. Most of it is copied beside the writer, by a connection of its own; the writer copies what was logged
/// meanwhile between two commits, so that the log starts again from its beginning and no commit waits for long.
/// </summary>
/// <param name="connection">The connection that writes.</param>
/// <param name="path">The database.</param>
/// <param name="readers">All who read beside it.</param>
internal sealed class Checkpoints(SqliteConnection connection, string path, SqliteReaders readers) : IDisposable
{
    /// <summary>At this many times <see cref="IntervalPages"/> reads have to wait, so that the log can start again from its beginning.</summary>
    private const int OvergrownFactor = 4;

    private SqliteConnection? _beside;
    private Task? _copying;

    /// <summary>By how many pages the log grows before it is copied; 16 MiB. Tests make it less.</summary>
    public int IntervalPages { get; set; } = 4096;

    /// <summary>Copies beside the writer. Tests put a slow or a failing disk here.</summary>
    public Action<Action> CopyStep { get; set; } = copy => copy();

    /// <summary>Goes on with the copying, between two commits.</summary>
    /// <exception cref="SqliteException">The disk has failed, in this call or beside the writer since the last.</exception>
    public void RunWhenDue()
    {
        if (_copying is { IsCompleted: false })
            return;

        if (_copying is { } copied)
        {
            _copying = null;
            copied.GetAwaiter().GetResult();
            Finish();
        }
        else if (PagesLogged(reset: false) >= IntervalPages)
        {
            PagesLogged(reset: true);
            _beside ??= SqliteFile.OpenCheckpointer(path);
            _copying = Task.Factory.StartNew(
                () => CopyStep(() => Run(_beside, "PASSIVE")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until nothing is copied any more. If that fails now, the log keeps what it holds, for the next start.</summary>
    public void Dispose()
    {
        if (_copying is not null)
            Task.WaitAny(_copying);
        _beside?.Dispose();
    }

    private void Finish()
    {
        if (Run(connection, "PASSIVE") > OvergrownFactor * IntervalPages)
            readers.HoldOut(() => Run(connection, "TRUNCATE"));
    }

    /// <returns>How many pages the log has. It goes on growing while at every moment some read needs what it holds.</returns>
    private static long Run(SqliteConnection on, string mode)
    {
        using var command = on.CreateCommand();
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
