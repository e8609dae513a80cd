using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>A disk as one process sees it: operations may be slow or fail, and they never return once the process is gone.</summary>
internal sealed class MountedStorage(Disk disk, Machine machine, Schedule schedule, Dice dice, FaultPlan plan, FaultCounts counts)
    : IGrainStorage, IAcceptorGrainStorage, IRegisterStorage
{
    private static readonly TimeSpan LongestLatency = TimeSpan.FromSeconds(2);

    public bool IsExclusivelyOwned => disk.IsExclusive;

    public string Kind => "simulated";

    public IRegisterStorage? Registers => disk.HasLog ? this : null;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WaitAsync(DiskLatency());
        if (disk.Find(stateName, grainId) is { } record)
        {
            ((StoredRecord)(object)grainState.State!).Bytes = record.Bytes;
            (grainState.ETag, grainState.RecordExists) = (record.ETag, true);
        }
        else
        {
            (grainState.ETag, grainState.RecordExists) = (null, false);
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteAsync(stateName, grainId, grainState, addition: null);

    public Task WriteRegisterAsync(string stateName, GrainId grainId, IGrainState<StoredRecord> record, RegisterAddition addition) =>
        WriteAsync(stateName, grainId, record, addition);

    public async Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion)
    {
        await WaitAsync(DiskLatency());
        return disk.Log.Entries(stateName, grainId, firstVersion);
    }

    public async Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count)
    {
        await WaitAsync(DiskLatency());
        return disk.Log.Names(list, first, count);
    }

    public async Task<long> CountNamesAsync(string list)
    {
        await WaitAsync(DiskLatency());
        return disk.Log.CountNames(list);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await DoAsync(before => disk.Clear(stateName, grainId, before), grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    private async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
    {
        var bytes = ((StoredRecord)(object)grainState.State!).Bytes;
        var etag = await DoAsync(before => disk.Write(stateName, grainId, bytes, before, addition), grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
    }

    private async Task<string> DoAsync(Func<string?, UnflushedWrite> write, string? etag)
    {
        if (Strikes(FaultKind.WriteFailedBefore))
            throw new IOException("The write failed; nothing was stored.");
        if (Strikes(FaultKind.ETagConflict))
            throw new InconsistentStateException("The record was changed by another writer.", "another", etag ?? "none");
        var stored = await StoreAsync(() => write(etag));
        if (Strikes(FaultKind.WriteFailedAfter))
            throw new IOException("The write failed after it was stored.");
        if (Strikes(FaultKind.WriteUnanswered))
            await HangAsync();
        else
            await WaitAsync(DiskLatency());
        return stored;
    }

    /// <summary>Writes and flushes. On a local disk the process can die between the two.</summary>
    private async Task<string> StoreAsync(Func<UnflushedWrite> write)
    {
        if (!disk.IsExclusive)
            return await WhenOnDiskAsync(DiskLatency(), () => disk.Flush(write()));
        var unflushed = await WhenOnDiskAsync(DiskLatency(), write);
        return await WhenOnDiskAsync(DiskLatency(), () => disk.Flush(unflushed));
    }

    private TimeSpan DiskLatency()
    {
        var latency = dice.Between(plan.DiskLatency.Least, plan.DiskLatency.Most);
        return Strikes(FaultKind.SlowDisk) ? dice.Between(latency, LongestLatency) : latency;
    }

    /// <summary>Hangs until all faults end. The operation may or may not be carried out.</summary>
    private Task HangAsync()
    {
        var goneOn = new TaskCompletionSource();
        plan.Hang(goneOn.SetResult);
        return goneOn.Task;
    }

    private Task WaitAsync(TimeSpan time) => WhenOnDiskAsync(time, () => "");

    /// <summary>
    /// Runs an operation when the disk gets to it. If the process is gone by then, a local disk has either carried it out or
    /// never will. An operation that was sent to remote storage may still arrive.
    /// </summary>
    private Task<T> WhenOnDiskAsync<T>(TimeSpan time, Func<T> operation)
    {
        var done = new TaskCompletionSource<T>();
        schedule.After(time, () =>
        {
            if (!machine.IsAlive && (disk.IsExclusive || dice.Chance(0.5)))
                return;
            try
            {
                if (disk.IsRefused)
                    throw new IOException("The database lacks the write-ahead log that it was used with.");
                done.SetResult(operation());
            }
            catch (Exception failure) when (failure is InconsistentStateException or IOException)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    private bool Strikes(FaultKind kind) => plan.Strikes(kind, dice, counts);
}
