using Orleans.Storage;

namespace Orleans.Paxos.Tests.World;

/// <summary>What is about to happen to a record.</summary>
internal enum StorageStep
{
    Read,
    Write,
    Clear,
}

/// <summary>A storage before each of whose steps, and after each write, a test may wait or throw.</summary>
internal sealed class SteppedStorage(IGrainStorage inner, bool isExclusivelyOwned = false) : IGrainStorage, IAcceptorGrainStorage
{
    public bool IsExclusivelyOwned => isExclusivelyOwned;

    public string Kind => "memory";

    public Func<StorageStep, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public Func<StorageStep, Task> After { get; set; } = static _ => Task.CompletedTask;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StepAsync(StorageStep.Read, () => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StepAsync(StorageStep.Write, () => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StepAsync(StorageStep.Clear, () => inner.ClearStateAsync(stateName, grainId, grainState));

    private async Task StepAsync(StorageStep step, Func<Task> carryOut)
    {
        await Before(step);
        await carryOut();
        await After(step);
    }
}
