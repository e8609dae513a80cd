using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database when it has grown. SQLite can do this itself, but only within a commit, and without
/// reporting a failure. A separate connection copies most of the log while the writer works. Between two commits, the writer copies what
/// was added in the meantime. The write-ahead log then starts again from its beginning, and no commit waits for long.
/// </summary>
/// <param name="connection">The connection that writes.</param>
/// <param name="path">The database.</param>
/// <param name="mark">Renewed before the log can start again from its beginning.</param>
/// <param name="readers">All who read beside it.</param>
/// <param name="settings">When to copy, and the disk.</param>
internal sealed class Checkpoints(SqliteConnection connection, string path, OpenMark mark, SqliteReaders readers, SqliteStoreSettings settings) : IDisposable
{
    /// <summary>
    /// When the write-ahead log has grown to this many times <see cref="SqliteStoreSettings.PagesBetweenCheckpoints"/>, reads wait so
    /// that it can start again from its beginning.
    /// </summary>
    private const int OvergrownFactor = 4;

    private SqliteConnection? _beside;
    private Task? _copying;

    /// <summary>Continues the copying between two commits.</summary>
    /// <exception cref="SqliteException">The disk has failed, in this call or in the separate copy since the last call.</exception>
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
        else if (PagesWritten(reset: false) >= settings.PagesBetweenCheckpoints)
        {
            PagesWritten(reset: true);
            mark.Renew();
            _copying = Task.Factory.StartNew(
                () => settings.Disk.Checkpoint(() => Run(_beside ??= SqliteFile.OpenCheckpointer(path), "PASSIVE")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for a copy that is under way. If it fails, the write-ahead log keeps its content for the next start.</summary>
    public void Dispose()
    {
        if (_copying is not null)
            Task.WaitAny(_copying);
        _beside?.Dispose();
    }

    private void Finish()
    {
        if (Run(connection, "PASSIVE") > OvergrownFactor * settings.PagesBetweenCheckpoints)
            readers.HoldOut(() => Run(connection, "RESTART"));
    }

    /// <returns>
    /// How many pages the write-ahead log has. It keeps growing as long as there is always a read that needs its content.
    /// </returns>
    private static long Run(SqliteConnection on, string mode)
    {
        using var command = on.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var result = command.ExecuteReader();
        return result.Read() ? result.GetInt64(1) : 0;
    }

    private int PagesWritten(bool reset)
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, reset ? 1 : 0);
        return pages;
    }
}
