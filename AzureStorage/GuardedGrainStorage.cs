using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>Orleans' provider of a storage account as an acceptor uses it: guarded, within its limits, and started at its first use.</summary>
/// <param name="kind">The kind of storage, for people.</param>
/// <param name="provider">Orleans' provider.</param>
/// <param name="start">Its start.</param>
/// <param name="guard">Runs its operations.</param>
/// <param name="largestRecordBytes">The most bytes of a record.</param>
internal sealed class GuardedGrainStorage(string kind, IGrainStorage provider, DeferredStart start, StorageGuard guard, int largestRecordBytes)
    : IGrainStorage, IAcceptorGrainStorage
{
    /// <summary>Never: another silo may be given the same account, by mistake or while this one is already declared dead.</summary>
    public bool IsExclusivelyOwned => false;

    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public string? Problem => guard.Problem;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => provider.ReadStateAsync(stateName, AzureKey.Fit(grainId), grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is StoredRecord record && record.Bytes.Length > largestRecordBytes)
        {
            throw new ArgumentException(
                $"The record '{stateName}' of {grainId} has {record.Bytes.Length} bytes; {kind} storage takes at most {largestRecordBytes}. " +
                "Nothing was written. Lower MaxValueBytes or HistoryBytes.",
                nameof(grainState));
        }

        return RunAsync(() => provider.WriteStateAsync(stateName, AzureKey.Fit(grainId), grainState));
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => provider.ClearStateAsync(stateName, AzureKey.Fit(grainId), grainState));

    private Task RunAsync(Func<Task> operation) => guard.RunAsync(async () =>
    {
        await start.EnsureAsync();
        await operation();
    });
}
