using Orleans.Storage;

namespace Orleans.Paxos.Storage;

/// <summary>
/// One stored record as it was last read or written, guarded by its ETag. After a failed write, what is stored is not known. The cell can
/// then no longer be used, and the record must be opened again (I8).
/// </summary>
/// <typeparam name="T">What the record holds.</typeparam>
internal sealed class RecordCell<T>
{
    private readonly IGrainStorage _storage;
    private readonly RecordFormat<T> _format;
    private readonly string _stateName;
    private readonly GrainId _key;
    private string? _etag;
    private bool _spent;

    private RecordCell(IGrainStorage storage, RecordFormat<T> format, string stateName, GrainId key)
    {
        _storage = storage;
        _format = format;
        _stateName = stateName;
        _key = key;
        Value = format.Blank;
    }

    /// <summary>The value that is durably stored.</summary>
    public T Value { get; private set; }

    /// <summary>Whether anything is stored.</summary>
    public bool Exists { get; private set; }

    /// <summary>The size of what is stored, in bytes.</summary>
    public int StoredBytes { get; private set; }

    /// <summary>Reads a record.</summary>
    public static async Task<RecordCell<T>> OpenAsync(IGrainStorage storage, RecordFormat<T> format, string stateName, GrainId key)
    {
        var cell = new RecordCell<T>(storage, format, stateName, key);
        var stored = new GrainState<StoredRecord>(new StoredRecord());
        await storage.ReadStateAsync(stateName, key, stored);
        cell._etag = stored.ETag;
        cell.Exists = stored.RecordExists;
        if (stored.RecordExists)
        {
            var bytes = stored.State!.Bytes;
            cell.Value = format.Decode(bytes);
            cell.StoredBytes = bytes.Length;
        }

        return cell;
    }

    /// <summary>Creates a cell for a record that no one has written yet, which saves reading it.</summary>
    public static RecordCell<T> New(IGrainStorage storage, RecordFormat<T> format, string stateName, GrainId key) =>
        new(storage, format, stateName, key);

    /// <summary>
    /// Replaces the stored value. When the call returns, the new value is durable. When it throws, the new value may or may not be
    /// durable.
    /// </summary>
    public Task WriteAsync(T value) => WriteAsync(value, registers: null, addition: null);

    /// <summary>Replaces the stored value and stores an addition with it in the same commit.</summary>
    public async Task WriteAsync(T value, IRegisterStorage? registers, RegisterAddition? addition)
    {
        ObjectDisposedException.ThrowIf(_spent, this);
        _spent = true;
        var bytes = _format.Encode(value);
        var stored = new GrainState<StoredRecord>(new StoredRecord { Bytes = bytes }, _etag) { RecordExists = Exists };
        await (registers is null || addition is null
            ? _storage.WriteStateAsync(_stateName, _key, stored)
            : registers.WriteRegisterAsync(_stateName, _key, stored, addition));
        _etag = stored.ETag;
        Exists = true;
        Value = value;
        StoredBytes = bytes.Length;
        _spent = false;
    }

    /// <summary>Removes the record. The cell can no longer be used.</summary>
    public async Task ClearAsync()
    {
        ObjectDisposedException.ThrowIf(_spent, this);
        _spent = true;
        if (!Exists)
            return;
        var stored = new GrainState<StoredRecord>(new StoredRecord(), _etag) { RecordExists = true };
        await _storage.ClearStateAsync(_stateName, _key, stored);
    }
}
