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

    /// <summary>Whether the disk has failed, in which case nothing is read or written any more.</summary>
    public bool HasStopped => _failure.HasStopped;

    /// <summary>Opens the directory. Creates it and the database if they are missing.</summary>
    /// <exception cref="SqliteStorageLockedException">Someone else has it open.</exception>
    /// <exception cref="SqliteStorageRefusedException">A file in it is damaged or not this library's; it was left unchanged.</exception>
    /// <exception cref="SqliteStorageException">The directory cannot be written to.</exception>
    public static SqliteStore Open(string directory, SqliteStoreSettings settings, Action<Exception> onStopped)
    {
        DirectoryLock? directoryLock = null;
        SqliteConnection? connection = null;
        try
        {
            DirectorySync.Create(directory);
            directoryLock = DirectoryLock.Take(directory);

            var path = SqliteFile.PathIn(directory);
            var state = SqliteInspection.Judge(path);
            if (state == SqliteFileState.Absent)
                SqliteFile.Create(path);
            connection = SqliteFile.OpenWriter(path);
            if (state == SqliteFileState.NeedsWriteAheadLog)
                SqliteInspection.CheckContent(path, connection);
            SqliteFile.Configure(connection);

            var failure = new StoreFailure(directory, onStopped);
            var readers = new SqliteReaders(path, failure, settings.Disk);
            return new(directoryLock, new(connection, path, readers, failure, settings), readers, failure);
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

    /// <summary>Runs a read of committed data.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteReader, T> read) => _readers.ReadAsync(read);

    public Task<RecordVersion?> WriteAsync(QueuedWrite write) => Writer.WriteAsync(write);

    /// <summary>Commits what is queued, closes the database and releases the directory.</summary>
    public void Dispose()
    {
        Writer.Drain();
        _readers.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }

    private static SqliteStorageException Unusable(string directory, Exception cause) => new(
        $"The storage directory '{directory}' cannot be used: {cause.Message} No record was changed. Check that this process's user may " +
        "write there and that the disk has room, or choose another directory.",
        cause);
}
