using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Reads on separate connections while the writer works. With a write-ahead log, neither waits for the other, and a read sees every
/// commit that had returned when it began.
/// </summary>
internal sealed class SqliteReaders : IDisposable
{
    private const int Connections = 4;

    private readonly string _path;
    private readonly StoreFailure _failure;
    private readonly IDiskSteps _disk;
    private readonly SemaphoreSlim _turns = new(Connections);
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _closing;

    public SqliteReaders(string path, StoreFailure failure, IDiskSteps disk)
    {
        _path = path;
        _failure = failure;
        _disk = disk;
    }

    /// <summary>Runs a read.</summary>
    /// <exception cref="SqliteStorageException">The data is damaged, or the storage has stopped.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteReader, T> read)
    {
        await _turns.WaitAsync();
        try
        {
            return Read(read);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Runs an action while no read runs. Reads wait for it.</summary>
    public void HoldOut(Action action)
    {
        for (var i = 0; i < Connections; i++)
            _turns.Wait();
        try
        {
            action();
        }
        finally
        {
            _turns.Release(Connections);
        }
    }

    public void Dispose()
    {
        _closing = true;
        HoldOut(() =>
        {
            while (_idle.TryTake(out var reader))
                reader.Dispose();
        });
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        _failure.ThrowIfStopped();
        ObjectDisposedException.ThrowIf(_closing, this);
        try
        {
            if (!_idle.TryTake(out var reader))
                reader = new(_path, _disk);
            try
            {
                return read(reader);
            }
            finally
            {
                _idle.Add(reader);
            }
        }
        catch (SqliteException cause) when (SqliteErrors.IsDiskFailure(cause))
        {
            _failure.Stop(cause);
            throw _failure.NothingDone();
        }
        catch (SqliteException cause)
        {
            throw new SqliteStorageException($"A read failed: {cause.Message} Nothing was changed. Try again.", cause);
        }
    }
}
