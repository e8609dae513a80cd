using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The only writer of a database: a thread that puts all queued writes into one transaction, so that writes that wait together share one
/// flush of the disk. It is a thread because SQLite blocks, and a task would keep a pool thread from other work.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly OpenMark _mark;
    private readonly SqliteTables _tables;
    private readonly StoreFailure _failure;
    private readonly IDiskSteps _disk;
    private readonly Checkpoints _checkpoints;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private List<QueuedCommit> _queue = [];
    private bool _closing;
    private long _commits;

    public SqliteWriter(SqliteConnection connection, OpenMark mark, Checkpoints checkpoints, StoreFailure failure, IDiskSteps disk)
    {
        _connection = connection;
        _mark = mark;
        _checkpoints = checkpoints;
        _failure = failure;
        _disk = disk;
        _tables = new(connection);
        _thread = new(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    /// <summary>The connection that writes.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>How many commits wait for the next transaction.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    /// <summary>How many transactions were committed.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>The extent of the history. Read it only while nothing is written.</summary>
    public HistoryExtent History => _tables.History.Extent;

    /// <summary>Queues writes. The task completes after the transaction that holds them is durable.</summary>
    public Task WriteAsync(IReadOnlyList<QueuedWrite> writes)
    {
        _failure.ThrowIfStopped();
        var commit = new QueuedCommit(writes);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _queue.Add(commit);
            Monitor.Pulse(_gate);
        }

        return commit.Task;
    }

    /// <summary>Accepts no more writes, commits those that are queued, and returns when the thread has ended.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    public void Dispose()
    {
        Drain();
        _checkpoints.Dispose();
        _tables.Dispose();
        if (!_failure.HasStopped)
            CloseInOrder();
        _connection.Dispose();
    }

    private void CloseInOrder()
    {
        try
        {
            _mark.Clear();
            SqliteFile.RemoveLogOnClose(_connection);
        }
        catch (SqliteException)
        {
            // The log and the mark stay, and the next process recovers from the log.
        }
    }

    private void Run()
    {
        var batch = new List<QueuedCommit>();
        while (TakeAll(ref batch))
        {
            Commit(batch);
            batch.Clear();
            CheckpointWhenDue();
        }
    }

    private bool TakeAll(ref List<QueuedCommit> batch)
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_closing)
                Monitor.Wait(_gate);
            (batch, _queue) = (_queue, batch);
            return batch.Count > 0;
        }
    }

    private void Commit(List<QueuedCommit> batch)
    {
        var failure = Execute(batch);
        foreach (var commit in batch)
        {
            if (failure is null)
                commit.Release();
            else
                commit.Fail(failure());
        }
    }

    /// <returns>
    /// Null when the transaction is durable; otherwise a function that creates, for each caller, the exception that states the outcome.
    /// </returns>
    private Func<Exception>? Execute(List<QueuedCommit> batch)
    {
        if (_failure.HasStopped)
            return _failure.NothingDone;

        try
        {
            _tables.Begin();
            foreach (var commit in batch)
            {
                foreach (var write in commit.Writes)
                    _tables.Apply(write);
            }

            _tables.History.Complete();
        }
        catch (Exception cause)
        {
            return Abandon(cause);
        }

        try
        {
            _disk.Commit(_tables.Commit);
            Volatile.Write(ref _commits, _commits + 1);
            return null;
        }
        catch (Exception cause)
        {
            _failure.Stop(cause);
            return _failure.OutcomeUnknown;
        }
    }

    private Func<Exception> Abandon(Exception cause)
    {
        try
        {
            _tables.Rollback();
        }
        catch (SqliteException rollback)
        {
            _failure.Stop(rollback);
        }

        if (SqliteErrors.IsDiskFailure(cause))
            _failure.Stop(cause);
        return _failure.HasStopped
            ? _failure.NothingDone
            : () => new SqliteStorageException(
                $"A transaction failed before its commit ({cause.Message}): nothing of it was written, including this write. Try again.", cause);
    }

    /// <summary>
    /// Copies the write-ahead log if due. It runs after the writes that made the log grow were answered, so that they do not wait for it.
    /// </summary>
    private void CheckpointWhenDue()
    {
        if (_failure.HasStopped)
            return;

        try
        {
            _checkpoints.RunWhenDue();
        }
        catch (SqliteException cause) when (SqliteErrors.IsDiskFailure(cause))
        {
            _failure.Stop(cause);
        }
        catch (Exception cause) when (cause is SqliteException or IOException)
        {
            // Another process holds SQLite's own lock, or there are no more file descriptors. The write-ahead log is copied the next time.
        }
    }
}
