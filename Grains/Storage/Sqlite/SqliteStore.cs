using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>An open storage directory: records of bytes by key, and the lock that keeps everyone else out.</summary>
internal sealed class SqliteStore : IDisposable
{
    private readonly DirectoryLock _lock;
    private readonly SqliteReaders _readers;
    private readonly StoreFailure _failure;

    private SqliteStore(DirectoryLock directoryLock, SqliteWriter writer, SqliteReaders readers, StoreFailure failure)
    {
        _lock = directoryLock;
        Writer = writer;
        _readers = readers;
        _failure = failure;
    }

    public SqliteWriter Writer { get; }

    /// <summary>Whether the disk has failed, so that nothing is read or written any more.</summary>
    public bool HasStopped => _failure.HasStopped;

    /// <summary>Opens the directory, and makes it and the database where they are missing.</summary>
    /// <exception cref="SqliteStorageLockedException">Somebody else has it open.</exception>
    /// <exception cref="SqliteStorageRefusedException">What lies there is not ours or damaged; it was left as it was.</exception>
    /// <exception cref="SqliteStorageException">It cannot be written to.</exception>
    public static SqliteStore Open(string directory, SqliteStoreSettings settings, Action<Exception> onStopped)
    {
        DirectoryLock? directoryLock = null;
        SqliteConnection? connection = null;
        try
        {
            var path = SqliteFile.PathIn(directory);
            if (!File.Exists(path))
                DirectorySync.Create(directory);
            directoryLock = DirectoryLock.Take(directory);

            var state = SqliteInspection.Judge(path);
            if (state == SqliteFileState.Absent)
                SqliteFile.Create(path);
            if (state == SqliteFileState.NeedsWriteAheadLog)
                settings.Disk.Recover(() => WriteAheadLog.MakeDurable(path));
            if (state == SqliteFileState.Whole)
                SqliteFile.MarkClosed(path);
            connection = SqliteFile.OpenWriter(path);
            if (state == SqliteFileState.NeedsWriteAheadLog)
                SqliteInspection.CheckContent(path, connection);
            SqliteFile.Configure(connection);
            var mark = new OpenMark(connection, path);
            mark.Set(hasLog: state == SqliteFileState.NeedsWriteAheadLog);

            var failure = new StoreFailure(directory, onStopped);
            var readers = new SqliteReaders(path, failure, settings.Disk);
            return new(directoryLock, new(connection, mark, new(connection, path, mark, readers, settings), failure, settings.Disk), readers, failure);
        }
        catch (Exception cause)
        {
            connection?.Dispose();
            directoryLock?.Dispose();
            if (cause is IOException or UnauthorizedAccessException or SqliteException)
                throw Unusable(directory, cause);
            throw;
        }
    }

    /// <summary>Reads something that was committed.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteReader, T> read) => _readers.ReadAsync(read);

    public Task<RecordVersion?> WriteAsync(QueuedWrite write) => Writer.WriteAsync(write);

    /// <summary>Commits what is queued, closes the database and lets go of the directory.</summary>
    public void Dispose()
    {
        Writer.Drain();
        _readers.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }

    private static SqliteStorageException Unusable(string directory, Exception cause) => new(
        $"The storage directory '{directory}' cannot be used: {cause.Message} No record was changed. See that this process's user may " +
        "write there and that the disk has room, or choose another directory.",
        cause);
}
