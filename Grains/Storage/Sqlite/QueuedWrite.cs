using Orleans.Storage;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>A write or a clear, from the call that requests it to the commit that makes it durable.</summary>
/// <param name="key">The record's key, in UTF-8.</param>
/// <param name="etag">The caller's ETag; null when the caller expects that there is no record.</param>
/// <param name="data">The bytes to store; null to clear the record.</param>
/// <param name="addition">What is written with the bytes; null for nothing.</param>
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

    /// <summary>Completes after the commit, with the record's new version, or null when it was cleared.</summary>
    public Task<RecordVersion?> Task => _completion.Task;

    /// <summary>Notes that the transaction now contains this write.</summary>
    /// <param name="version">The record's new version; null when the record is cleared.</param>
    public void Applied(RecordVersion? version) => _version = version;

    /// <summary>Notes that the ETag is not the stored one. The transaction continues without this write.</summary>
    /// <param name="stored">The version within the transaction; null when there is no record.</param>
    public void Refused(RecordVersion? stored)
    {
        _version = stored;
        _refused = true;
    }

    /// <summary>Notes that what is stored with the record is damaged. The transaction continues without this write.</summary>
    public void Refused(SqliteStorageException damage) => _damage = damage;

    /// <summary>
    /// Tells the caller the outcome. Even a refusal is told only after the commit, because another write in the same transaction may have
    /// caused it.
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
