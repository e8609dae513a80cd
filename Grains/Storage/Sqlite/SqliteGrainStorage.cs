using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Grain storage in an SQLite database in a directory of its own.</summary>
internal sealed partial class SqliteGrainStorage : IGrainStorage, IAcceptorGrainStorage, IRegisterStorage, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly string _name;
    private readonly string _path;
    private readonly int _maximumRecordBytes;
    private readonly IGrainStorageSerializer _serializer;
    private readonly SqliteStoreSettings _settings;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private SqliteDirectory? _directory;
    private bool _closed;

    public SqliteGrainStorage(
        string name,
        SqliteGrainStorageOptions options,
        SqliteStoreSettings settings,
        StoredRecordSerializer serializer,
        ILogger<SqliteGrainStorage> logger)
    {
        _name = name;
        _path = Path.GetFullPath(options.Directory);
        _maximumRecordBytes = options.MaximumRecordBytes;
        _settings = settings;
        _serializer = serializer;
        _logger = logger;
    }

    /// <summary>False also after the disk has failed, so that an acceptor that would answer from memory notices the failure.</summary>
    public bool IsExclusivelyOwned => Volatile.Read(ref _directory) is { Store.HasStopped: false };

    /// <inheritdoc/>
    public string Kind => "sqlite";

    /// <inheritdoc/>
    public string? Problem => Volatile.Read(ref _directory)?.Problem;

    /// <inheritdoc/>
    public IRegisterStorage Registers => this;

    /// <summary>The open database.</summary>
    internal SqliteStore Store => Volatile.Read(ref _directory)?.Store ?? throw NotOpen();

    /// <summary>Opens the storage before, and closes it after, everything that may hold a grain.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        $"{nameof(SqliteGrainStorage)}-{_name}",
        ServiceLifecycleStage.RuntimeStorageServices,
        _ => Task.Run(Open),
        _ => Task.Run(Dispose));

    /// <summary>Opens the directory and takes its lock.</summary>
    /// <exception cref="SqliteStorageException">The directory is not available, or its content cannot be served.</exception>
    public void Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _directory ??= SqliteDirectory.Open(_name, _path, _settings, _logger);
        }
    }

    /// <summary>Commits what is queued and releases the directory, even if the silo was not stopped gracefully.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Interlocked.Exchange(ref _directory, null)?.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = RecordKey.Of(stateName, grainId);
        if (await Store.ReadAsync(reader => reader.Record(key)) is { } row)
        {
            grainState.State = _serializer.Deserialize<T>(new BinaryData(row.Data)) ?? NewGrainState<T>.Create();
            grainState.ETag = row.Version.ToString();
            grainState.RecordExists = true;
        }
        else
        {
            Blank(grainState);
        }
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = StoredRecordSerializer.ToArray(_serializer.Serialize(grainState.State).ToMemory());
        Written(grainState, await WriteAsync(NewWrite(stateName, grainId, grainState.ETag, data, addition: null)));
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WriteAsync(new(RecordKey.Of(stateName, grainId), grainState.ETag, data: null));
        Blank(grainState);
    }

    private async Task<QueuedWrite> WriteAsync(QueuedWrite write)
    {
        await Store.WriteAsync([write]);
        return write.Refusal() is { } refusal ? throw refusal : write;
    }

    private QueuedWrite NewWrite(string stateName, GrainId grainId, string? etag, byte[] data, RegisterAddition? addition)
    {
        var key = RecordKey.Of(stateName, grainId);
        if (data.Length > _maximumRecordBytes)
        {
            throw new ArgumentException(
                $"The record '{RecordKey.Text(key)}' has {data.Length} bytes; the storage '{_name}' takes at most {_maximumRecordBytes}. " +
                "Nothing was written. Store less, or split it.",
                nameof(data));
        }

        return new QueuedWrite(key, etag, data, addition);
    }

    private static void Written<T>(IGrainState<T> grainState, QueuedWrite write)
    {
        grainState.ETag = write.Version.ToString();
        grainState.RecordExists = true;
    }

    private static void Blank<T>(IGrainState<T> grainState)
    {
        grainState.State = NewGrainState<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private SqliteStorageException NotOpen() => new(
        $"The storage '{_name}' is not open: the silo has not started, or is stopping. Nothing was read or written.");
}

/// <summary>The state of a record that does not exist: a new object if the type can create one, otherwise null.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
internal static class NewGrainState<T>
{
    private static readonly bool CanBeMade = typeof(T).IsValueType || (!typeof(T).IsAbstract && typeof(T).GetConstructor(Type.EmptyTypes) is not null);

    public static T? Create() => CanBeMade ? Activator.CreateInstance<T>() : default;
}
