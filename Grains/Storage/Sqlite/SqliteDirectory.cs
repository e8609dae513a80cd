using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// A storage directory that this process owns. When its disk fails, the database is closed as it is, without a checkpoint, and opened
/// again until that works. The lock is kept meanwhile, so what acceptors remember of it stays current.
/// </summary>
internal sealed partial class SqliteDirectory : IDisposable
{
    private readonly string _name;
    private readonly string _path;
    private readonly SqliteStoreSettings _settings;
    private readonly ILogger _logger;
    private readonly DirectoryLock _lock;
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<string> _reasonsTold = [];
    private readonly Lock _gate = new();
    private SqliteStore _store;
    private Task _reopening = Task.CompletedTask;
    private DateTimeOffset _outSince;
    private string? _problem;

    private SqliteDirectory(string name, string path, DirectoryLock directoryLock, SqliteStoreSettings settings, ILogger logger)
    {
        _name = name;
        _path = path;
        _settings = settings;
        _logger = logger;
        _lock = directoryLock;
        _store = OpenStore();
        LogOpened(name, path);
    }

    /// <summary>The database. While it is out, it fails every operation with the reason.</summary>
    public SqliteStore Store => Volatile.Read(ref _store);

    /// <summary>Why the database is out; null while it is not.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Takes the directory, and makes it and the database where they are missing.</summary>
    /// <exception cref="SqliteStorageLockedException">Somebody else has it open.</exception>
    /// <exception cref="SqliteStorageRefusedException">What lies there is not ours, damaged or not whole; it was left as it was.</exception>
    /// <exception cref="SqliteStorageException">It cannot be written to.</exception>
    public static SqliteDirectory Open(string name, string path, SqliteStoreSettings settings, ILogger logger)
    {
        DirectoryLock? directoryLock = null;
        try
        {
            if (!File.Exists(SqliteFile.PathIn(path)))
                DirectorySync.Create(path);
            directoryLock = DirectoryLock.Take(path);
            return new(name, path, directoryLock, settings, logger);
        }
        catch (Exception cause)
        {
            directoryLock?.Dispose();
            if (cause is IOException or UnauthorizedAccessException or SqliteException)
                throw Unusable(path, cause);
            throw;
        }
    }

    /// <summary>Commits what is queued, closes the database and lets go of the directory.</summary>
    public void Dispose()
    {
        lock (_gate)
            _closing.Cancel();
        _reopening.GetAwaiter().GetResult();
        _store.Dispose();
        _lock.Dispose();
        _closing.Dispose();
        LogClosed(_name, _path);
    }

    private SqliteStore OpenStore() => SqliteStore.Open(_path, _settings, Stopped);

    private void Stopped(Exception cause)
    {
        _outSince = _settings.Clock.GetUtcNow();
        NoteProblem(cause);
        lock (_gate)
        {
            if (!_closing.IsCancellationRequested)
                _reopening = Task.Run(ReopenAsync);
        }
    }

    private async Task ReopenAsync()
    {
        _store.Dispose();
        do
        {
            await Task.Delay(_settings.PauseBeforeReopening, _settings.Clock, _closing.Token).EndAsync();
        }
        while (!_closing.IsCancellationRequested && !TryReopen());
    }

    private bool TryReopen()
    {
        try
        {
            Volatile.Write(ref _store, OpenStore());
        }
        catch (Exception cause) when (cause is SqliteStorageException or IOException or UnauthorizedAccessException or SqliteException)
        {
            NoteProblem(cause);
            return false;
        }

        LogReopened(_name, _path, (_settings.Clock.GetUtcNow() - _outSince).TotalSeconds);
        _reasonsTold.Clear();
        Volatile.Write(ref _problem, null);
        return true;
    }

    private void NoteProblem(Exception cause)
    {
        if (_reasonsTold.Add(cause.Message))
            LogOut(cause, _name, _path, _settings.PauseBeforeReopening.TotalSeconds);
        Volatile.Write(
            ref _problem,
            $"The storage in '{_path}' has been out since {_outSince:u}: {cause.Message.TrimEnd('.')}. It is opened again every " +
            $"{_settings.PauseBeforeReopening.TotalSeconds:0.#} s, and the acceptor votes as soon as that works.");
    }

    private static SqliteStorageException Unusable(string directory, Exception cause) => new(
        $"The storage directory '{directory}' cannot be used: {cause.Message} No record was changed. See that this process's user may " +
        "write there and that the disk has room, or choose another directory.",
        cause);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "SQLite storage '{Name}' has opened '{Directory}'.")]
    private partial void LogOpened(string name, string directory);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "SQLite storage '{Name}' has closed '{Directory}'.")]
    private partial void LogClosed(string name, string directory);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message =
        "SQLite storage '{Name}' is out: the disk of '{Directory}' failed. Its acceptor does not vote until the database is opened again, " +
        "which is tried every {Pause:0.#} s; a majority of the others goes on. Check the disk.")]
    private partial void LogOut(Exception cause, string name, string directory, double pause);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "SQLite storage '{Name}' has opened '{Directory}' again, after {Seconds:0.0} s. Its acceptor votes.")]
    private partial void LogReopened(string name, string directory, double seconds);
}
