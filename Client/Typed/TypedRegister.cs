using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Typed;

/// <summary>A typed register over <see cref="IRegisterClient"/>.</summary>
internal sealed class TypedRegister<T>(string name, IRegisterClient client) : IRegister<T>
{
    public string Name => name;

    public async Task<RegisterValue<T>> GetAsync(ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default) =>
        ToValue(await client.ReadAsync(name, consistency, cancellationToken));

    public Task<WriteResult<T>> SetAsync(T value, ChangeOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(Change.Set(ValueCodec.Encode(value)), options, cancellationToken);

    public Task<WriteResult<T>> CompareAndSetAsync(T value, long expectedVersion, ChangeOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(Change.CompareAndSet(ValueCodec.Encode(value), expectedVersion), options, cancellationToken);

    public Task<WriteResult<T>> DecideAsync(T value, ChangeOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(Change.Decide(ValueCodec.Encode(value)), options, cancellationToken);

    public Task<WriteResult<T>> DeleteAsync(long? expectedVersion = null, ChangeOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(Change.Delete(expectedVersion), options, cancellationToken);

    public async Task<IReadOnlyList<RegisterValue<T>>> HistoryAsync(CancellationToken cancellationToken = default) =>
        [.. (await client.HistoryAsync(name, cancellationToken)).Select(ToValue)];

    public async IAsyncEnumerable<RegisterValue<T>> WatchAsync(WatchPoint after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in client.WatchAsync(name, after, cancellationToken))
        {
            foreach (var value in ToValues(batch))
                yield return value;
        }
    }

    /// <summary>The versions of a batch; its absence, if the register was forgotten.</summary>
    internal IEnumerable<RegisterValue<T>> ToValues(WatchBatch batch) => batch is { Entries.IsEmpty: true, CompactedThrough: > 0 and var forgotten }
        ? [Without(forgotten)]
        : batch.Entries.Select(ToValue);

    private async Task<WriteResult<T>> ChangeAsync(Change change, ChangeOptions? options, CancellationToken cancellationToken)
    {
        var outcome = await client.ChangeAsync(name, change, options, cancellationToken);
        return new WriteResult<T>(outcome.Status, outcome is { Entry: null, WrittenVersion: { } version } ? Without(version) : ToValue(outcome.Entry));
    }

    private static RegisterValue<T> Without(long version) => new(Exists: false, default, version, RequestId: Guid.Empty, At: default);

    internal RegisterValue<T> ToValue(RegisterEntry? entry)
    {
        if (entry is null)
            return Without(version: 0);
        var value = entry.Deleted ? default : ValueCodec.Decode<T>(name, entry);
        return new RegisterValue<T>(!entry.Deleted, value, entry.Version, entry.RequestId, entry.At) { Guard = entry.Guard, Session = entry.Session };
    }
}
