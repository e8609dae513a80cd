namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>An open database: records of bytes by key. After a failure of its disk it does nothing any more.</summary>
internal sealed class SqliteStore : IDisposable
{
    private readonly SqliteReaders _readers;
    private readonly StoreFailure _failure;

    private SqliteStore(SqliteWriter writer, SqliteReaders readers, StoreFailure failure)
    {
        Writer = writer;
        _readers = readers;
        _failure = failure;
    }

    public SqliteWriter Writer { get; }

    /// <summary>Whether the disk has failed, in which case nothing is read or written any more.</summary>
    public bool HasStopped => _failure.HasStopped;

    /// <summary>Opens the database of a directory whose lock is held, and makes it where it is missing.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="settings">How it is worked on.</param>
    /// <param name="onStopped">Called once, with the failure that stops the store.</param>
    /// <exception cref="SqliteStorageRefusedException">What lies there is not ours, damaged or not whole; it was left as it was.</exception>
    public static SqliteStore Open(string directory, SqliteStoreSettings settings, Action<Exception> onStopped)
    {
        var path = SqliteFile.PathIn(directory);
        var state = SqliteInspection.Judge(path);
        if (state == SqliteFileState.Absent)
            SqliteFile.Create(path);
        if (state == SqliteFileState.NeedsWriteAheadLog)
            settings.Disk.Recover(() => WriteAheadLog.MakeDurable(path));
        if (state == SqliteFileState.Whole)
            SqliteFile.MarkClosed(path);

        var connection = SqliteFile.OpenWriter(path);
        try
        {
            if (state == SqliteFileState.NeedsWriteAheadLog)
                SqliteInspection.CheckContent(path, connection);
            SqliteFile.Configure(connection);
            var mark = new OpenMark(connection, path);
            mark.Set(hasLog: state == SqliteFileState.NeedsWriteAheadLog);

            var failure = new StoreFailure(directory, onStopped);
            var readers = new SqliteReaders(path, failure, settings.Disk);
            return new(new(connection, mark, new(connection, path, mark, readers, settings), failure, settings.Disk), readers, failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a read of committed data.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteReader, T> read) => _readers.ReadAsync(read);

    /// <summary>Queues writes. The task completes after the transaction that holds them is durable.</summary>
    public Task WriteAsync(IReadOnlyList<QueuedWrite> writes) => Writer.WriteAsync(writes);

    /// <summary>Commits what is queued and closes the database: in order, or as it is after a failure.</summary>
    public void Dispose()
    {
        Writer.Drain();
        _readers.Dispose();
        Writer.Dispose();
    }
}
