namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The first failure of the disk, which stops an open database for good. After a failed flush, the caches of the file system and of SQLite
/// may differ from what is on disk, so nothing is read or written until the database has been opened anew (invariant I8).
/// </summary>
/// <param name="directory">The storage directory, for the messages.</param>
/// <param name="onStopped">Called once, with the failure.</param>
internal sealed class StoreFailure(string directory, Action<Exception> onStopped)
{
    private Exception? _cause;

    public bool HasStopped => Volatile.Read(ref _cause) is not null;

    /// <summary>Stops the storage, unless it has already stopped.</summary>
    public void Stop(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, null) is null)
            onStopped(cause);
    }

    public void ThrowIfStopped()
    {
        if (HasStopped)
            throw NothingDone();
    }

    /// <summary>Creates the exception of an operation that did nothing because the storage had stopped.</summary>
    public SqliteStorageStoppedException NothingDone() => Stopped("This operation changed nothing.");

    /// <summary>Creates the exception for the writes of the failed commit.</summary>
    public SqliteStorageStoppedException OutcomeUnknown() => Stopped(
        "The failure happened while this write was committed: whether it is on disk is not known until the directory has been opened again.");

    private SqliteStorageStoppedException Stopped(string outcome)
    {
        var cause = _cause ?? throw new InvalidOperationException("The storage has not stopped.");
        return new(
            $"The storage in '{directory}' has stopped because its disk failed ({cause.Message.TrimEnd('.')}). {outcome} " +
            "Every write that was acknowledged before had been committed. The directory is opened again by itself as soon as the disk works.",
            cause);
    }
}
