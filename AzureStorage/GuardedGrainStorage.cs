using Orleans.Storage;

namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// The Orleans provider of a storage account, as an acceptor uses it: guarded, within its limits, and started when it is first used.
/// </summary>
internal sealed class GuardedGrainStorage : IGrainStorage, IAcceptorGrainStorage, IDisposable
{
    private static readonly GrainId NoRecord = GrainId.Create("paxos", "no_20acceptor");

    private readonly IGrainStorage _provider;
    private readonly DeferredStart _start;
    private readonly StorageGuard _guard;
    private readonly int _largestRecordBytes;

    /// <summary>Creates the storage.</summary>
    /// <param name="kind">The kind of storage, for display.</param>
    /// <param name="largestRecordBytes">The size limit of a record, in bytes.</param>
    /// <param name="provider">The Orleans provider.</param>
    /// <param name="start">The deferred start of the provider.</param>
    /// <param name="createGuard">Creates the guard of the operations. Its argument probes the storage by reading a record that does not
    /// exist.</param>
    public GuardedGrainStorage(
        string kind, int largestRecordBytes, IGrainStorage provider, DeferredStart start, Func<Func<Task>, StorageGuard> createGuard)
    {
        Kind = kind;
        _largestRecordBytes = largestRecordBytes;
        _provider = provider;
        _start = start;
        _guard = createGuard(Started(() => provider.ReadStateAsync("probe", NoRecord, new GrainState<StoredRecord>(new StoredRecord()))));
    }

    /// <summary>
    /// Always false: another silo may be given the same account, by mistake or while this silo is already declared dead.
    /// </summary>
    public bool IsExclusivelyOwned => false;

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public string? Problem => _guard.Problem;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => _provider.ReadStateAsync(stateName, AzureKey.Fit(grainId), grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is StoredRecord record && record.Bytes.Length > _largestRecordBytes)
        {
            throw new ArgumentException(
                $"The record '{stateName}' of {grainId} has {record.Bytes.Length} bytes; {Kind} storage takes at most {_largestRecordBytes}. " +
                "Nothing was written. Lower MaxValueBytes or HistoryBytes.",
                nameof(grainState));
        }

        return RunAsync(() => _provider.WriteStateAsync(stateName, AzureKey.Fit(grainId), grainState));
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => _provider.ClearStateAsync(stateName, AzureKey.Fit(grainId), grainState));

    /// <summary>Ends the guard's background work.</summary>
    public void Dispose() => _guard.Dispose();

    private Task RunAsync(Func<Task> operation) => _guard.RunAsync(Started(operation));

    private Func<Task> Started(Func<Task> operation) => async () =>
    {
        await _start.EnsureAsync();
        await operation();
    };
}
