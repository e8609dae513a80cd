using Orleans.Storage;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>A write or a clear, from the call that requests it to the commit that makes it durable.</summary>
/// <param name="key">The record's key, in UTF-8.</param>
/// <param name="etag">The caller's ETag; null when the caller expects that there is no record.</param>
/// <param name="data">The bytes to store; null to clear the record.</param>
/// <param name="addition">What is written with the bytes; null for nothing.</param>
internal sealed class QueuedWrite(byte[] key, string? etag, byte[]? data, RegisterAddition? addition = null)
{
    private bool _refused;
    private Exception? _damage;

    public byte[] Key => key;

    public string KeyText => RecordKey.Text(key);

    public RecordVersion? Expected { get; } = etag is null ? null : RecordVersion.Parse(etag);

    public byte[]? Data => data;

    public RegisterAddition? Addition => addition;

    /// <summary>The record's new version; null when it is cleared.</summary>
    public RecordVersion? Version { get; private set; }

    /// <summary>Notes that the transaction now contains this write.</summary>
    /// <param name="version">The record's new version; null when the record is cleared.</param>
    public void Applied(RecordVersion? version) => Version = version;

    /// <summary>Notes that the ETag is not the stored one. The transaction continues without this write.</summary>
    /// <param name="stored">The version within the transaction; null when there is no record.</param>
    public void Refused(RecordVersion? stored)
    {
        Version = stored;
        _refused = true;
    }

    /// <summary>Notes that what is stored with the record is damaged. The transaction continues without this write.</summary>
    public void Refused(SqliteStorageException damage) => _damage = damage;

    /// <summary>
    /// Why the commit went on without this write; null when it was written. Even a refusal holds only after the commit, because another
    /// write in the same transaction may have caused it.
    /// </summary>
    public Exception? Refusal()
    {
        if (_damage is not null || !_refused)
            return _damage;
        var stored = Version?.ToString();
        return new InconsistentStateException(
            $"The record '{KeyText}' was not changed: the caller holds the ETag {Name(etag)}, the storage {Name(stored)}. Read it again.",
            stored,
            etag);
    }

    private static string Name(string? etag) => etag is null ? "of a record that does not exist" : $"'{etag}'";
}
