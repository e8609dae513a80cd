using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>A write, or a clear, from the call that asks for it to the commit that makes it durable.</summary>
/// <param name="key">The record's key.</param>
/// <param name="etag">The ETag that the caller holds; null when it holds that there is no record.</param>
/// <param name="data">The bytes to store; null to clear the record.</param>
internal sealed class QueuedWrite(string key, string? etag, byte[]? data)
{
    private readonly TaskCompletionSource<RecordVersion?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RecordVersion? _version;
    private bool _refused;

    public string Key => key;

    public RecordVersion? Expected { get; } = etag is null ? null : RecordVersion.Parse(etag);

    public byte[]? Data => data;

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

    /// <summary>
    /// Tells the caller what came of it. Only after the commit, a refusal too: what refused it may be a neighbour in the transaction.
    /// </summary>
    public void Release()
    {
        if (!_refused)
        {
            _completion.SetResult(_version);
            return;
        }

        var stored = _version?.ToString();
        _completion.SetException(new InconsistentStateException(
            $"The record '{key}' was not changed: the caller holds the ETag {Name(etag)}, the storage {Name(stored)}. Read it again.",
            stored,
            etag));
    }

    /// <summary>Tells the caller that the transaction failed.</summary>
    public void Fail(Exception failure) => _completion.SetException(failure);

    private static string Name(string? etag) => etag is null ? "of a record that does not exist" : $"'{etag}'";
}
