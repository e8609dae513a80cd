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
    private T? _prepared;

    private RecordCell(IGrainStorage storage, RecordFormat<T> format, string stateName, GrainId key)
    {
        _storage = storage;
        _format = format;
        _stateName = stateName;
        _key = key;
        Value = format.Blank;
    }

    /// <summary>The value that is durably stored, or that stands for a record that is not.</summary>
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

    /// <summary>Sets the value that stands for a record that does not exist, or that holds nothing yet.</summary>
    public void StandFor(T blank) => Value = blank;

    /// <summary>
    /// Replaces the stored value. When the call returns, the new value is durable. When it throws, the new value may or may not be
    /// durable.
    /// </summary>
    public async Task WriteAsync(T value)
    {
        var write = Prepare(value, addition: null);
        await _storage.WriteStateAsync(_stateName, _key, write.Record);
        Complete(write);
    }

    /// <summary>Begins to replace the stored value. The cell can be used again after <see cref="Complete"/>.</summary>
    public RegisterWrite Prepare(T value, RegisterAddition? addition) => Prepare(value, _format.Encode(value), addition, removes: false);

    /// <summary>Begins to remove the record.</summary>
    /// <param name="blank">The value that stands for it afterwards.</param>
    /// <param name="addition">What is changed with it.</param>
    public RegisterWrite PrepareRemoval(T blank, RegisterAddition addition) => Prepare(blank, [], addition, removes: true);

    /// <summary>Notes that what was prepared is durable.</summary>
    public void Complete(RegisterWrite write)
    {
        _etag = write.Record.ETag;
        Exists = !write.Removes;
        Value = _prepared!;
        StoredBytes = write.Record.State?.Bytes.Length ?? 0;
        _spent = false;
    }

    private RegisterWrite Prepare(T value, byte[] bytes, RegisterAddition? addition, bool removes)
    {
        ObjectDisposedException.ThrowIf(_spent, this);
        _spent = true;
        _prepared = value;
        var stored = new GrainState<StoredRecord>(new StoredRecord { Bytes = bytes }, _etag) { RecordExists = Exists };
        return new RegisterWrite(_stateName, _key, stored, addition, removes);
    }

    /// <summary>Removes the record. When it throws, the record may or may not be there.</summary>
    public async Task ClearAsync()
    {
        ObjectDisposedException.ThrowIf(_spent, this);
        if (!Exists)
            return;
        _spent = true;
        var stored = new GrainState<StoredRecord>(new StoredRecord(), _etag) { RecordExists = true };
        await _storage.ClearStateAsync(_stateName, _key, stored);
        (_etag, Exists, Value, StoredBytes, _spent) = (stored.ETag, false, _format.Blank, 0, false);
    }
}
