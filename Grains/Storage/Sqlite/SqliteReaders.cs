using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Orleans.Paxos;

/// <summary>
/// Reads beside the writer, on connections of their own: with a write-ahead log neither waits for the other, and a read sees every
/// commit that had returned when it began.
/// </summary>
internal sealed class SqliteReaders : IDisposable
{
    private const int Connections = 4;

    private readonly string _path;
    private readonly StoreFailure _failure;
    private readonly SemaphoreSlim _turns = new(Connections);
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closing;

    public SqliteReaders(string path, StoreFailure failure)
    {
        _path = path;
        _failure = failure;
    }

    /// <summary>Reads a record; null when there is none.</summary>
    /// <exception cref="SqliteStorageException">The record is damaged, or the storage has stopped.</exception>
    public async Task<StoredRow?> ReadAsync(string key)
    {
        await _turns.WaitAsync();
        try
        {
            return Read(key);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Does something while no read runs; reads wait for it.</summary>
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

    private StoredRow? Read(string key)
    {
        ObjectDisposedException.ThrowIf(_closing, this);
        _failure.ThrowIfStopped();
        try
        {
            if (!_idle.TryTake(out var reader))
                reader = new(_path);
            try
            {
                return reader.Read(key);
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
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _select;

        public Reader(string path)
        {
            _connection = SqliteFile.OpenReader(path);
            _select = _connection.Prepare("SELECT id, version, checksum, data FROM records WHERE key = $key", "$key");
        }

        public StoredRow? Read(string key)
        {
            _select.Bind(key);
            using var row = _select.ExecuteReader();
            if (!row.Read())
                return null;

            var version = new RecordVersion(row.GetInt64(0), row.GetInt64(1));
            var data = row.GetFieldValue<byte[]>(3);
            return RecordChecksum.Of(version.Count, data) == row.GetInt64(2)
                ? new StoredRow(version, data)
                : throw new SqliteStorageException(
                    $"The record '{key}' in '{_connection.DataSource}' is damaged: its checksum does not match. It is not served; the " +
                    "other records are. Look to the disk, then restore the directory from a backup.");
        }

        public void Dispose()
        {
            _select.Dispose();
            _connection.Dispose();
        }
    }
}
