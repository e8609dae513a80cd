using Orleans.Storage;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>A write, or a clear, from the call that asks for it to the commit that makes it durable.</summary>
/// <param name="key">The record's key, in UTF-8.</param>
/// <param name="etag">The ETag that the caller holds; null when it holds that there is no record.</param>
/// <param name="data">The bytes to store; null to clear the record.</param>
/// <param name="addition">What is written with them; null for nothing.</param>
internal sealed class QueuedWrite(byte[] key, string? etag, byte[]? data, RegisterAddition? addition = null)
{
    private readonly TaskCompletionSource<RecordVersion?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RecordVersion? _version;
    private bool _refused;
    private Exception? _damage;

    public byte[] Key => key;

    public string KeyText => RecordKey.Text(key);

    public RecordVersion? Expected { get; } = etag is null ? null : RecordVersion.Parse(etag);

    public byte[]? Data => data;

    public RegisterAddition? Addition => addition;

    /// <summary>Completes after the commit, with the record's new version; null when it was cleared.</summary>
    public Task<RecordVersion?> Task => _completion.Task;

    /// <summary>Notes that the transaction holds this write now.</summary>
    /// <param name="version">The version that it gave the record; null when the record is cleared.</param>
    public void Applied(RecordVersion? version) => _version = version;

    /// <summary>Notes that the ETag is not the stored one; the transaction goes on without this write.</summary>
    /// <param name="stored">The version in the transaction's eyes; null when there is no record.</param>
    public void Refused(RecordVersion? stored)
    {
        _version = stored;
        _refused = true;
    }

    /// <summary>Notes that what is stored with the record is damaged; the transaction goes on without this write.</summary>
    public void Refused(SqliteStorageException damage) => _damage = damage;

    /// <summary>
    /// Tells the caller what came of it. Only after the commit, a refusal too: what refused it may be a neighbour in the transaction.
    /// </summary>
    public void Release()
    {
        if (_damage is not null)
        {
            _completion.SetException(_damage);
            return;
        }

        if (!_refused)
        {
            _completion.SetResult(_version);
            return;
        }

        var stored = _version?.ToString();
        _completion.SetException(new InconsistentStateException(
            $"The record '{KeyText}' was not changed: the caller holds the ETag {Name(etag)}, the storage {Name(stored)}. Read it again.",
            stored,
            etag));
    }

    /// <summary>Tells the caller that the transaction failed.</summary>
    public void Fail(Exception failure) => _completion.SetException(failure);

    private static string Name(string? etag) => etag is null ? "of a record that does not exist" : $"'{etag}'";
}
