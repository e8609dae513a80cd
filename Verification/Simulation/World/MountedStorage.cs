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
        this.WriteRegisterAsync(stateName, grainId, grainState, addition: null);

    public Task CommitAsync(IReadOnlyList<RegisterWrite> writes) => DoAsync([.. writes.Select(Stored)]);

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
        InconsistentStateException? conflict = null;
        await DoAsync([new(() => disk.Clear(stateName, grainId, grainState.ETag), _ => (grainState.ETag, grainState.RecordExists) = (null, false), refusal => conflict = refusal)]);
        if (conflict is not null)
            throw conflict;
    }

    private Step Stored(RegisterWrite write) => new(
        () => write.Removes
            ? disk.Clear(write.StateName, write.GrainId, write.Record.ETag, write.Addition)
            : disk.Write(write.StateName, write.GrainId, write.Record.State!.Bytes, write.Record.ETag, write.Addition),
        etag => (write.Record.ETag, write.Record.RecordExists) = write.Removes ? (null, false) : (etag, true),
        conflict => write.Refusal = conflict);

    /// <summary>Carries out the steps of one commit. Any of them may meet another writer, and the others are carried out all the same.</summary>
    private async Task DoAsync(List<Step> steps)
    {
        if (Strikes(FaultKind.WriteFailedBefore))
            throw new IOException("The write failed; nothing was stored.");
        var met = steps.ToLookup(_ => Strikes(FaultKind.ETagConflict));
        foreach (var step in met[true])
            step.Refused(new InconsistentStateException("The record was changed by another writer.", "another", "none"));
        await StoreAsync([.. met[false]]);
        if (Strikes(FaultKind.WriteFailedAfter))
            throw new IOException("The write failed after it was stored.");
        if (Strikes(FaultKind.WriteUnanswered))
            await HangAsync();
        else
            await WaitAsync(DiskLatency());
    }

    /// <summary>Writes and flushes. On a local disk the process can die between the two.</summary>
    private async Task StoreAsync(List<Step> steps)
    {
        var unflushed = new List<UnflushedWrite>();
        if (disk.IsExclusive)
            await WhenOnDiskAsync(CommitLatency(), Write);
        await WhenOnDiskAsync(DiskLatency(), () =>
        {
            if (!disk.IsExclusive)
                Write();
            disk.Flush();
            return "";
        });
        foreach (var (step, write) in steps.Zip(unflushed))
        {
            if (write.Conflict is { } conflict)
                step.Refused(conflict);
            else
                step.Stored(write.ETag);
        }

        string Write()
        {
            unflushed.AddRange(steps.Select(step => step.Write()));
            return "";
        }
    }

    /// <summary>A part of a commit.</summary>
    /// <param name="Write">Writes it without a flush.</param>
    /// <param name="Stored">Is told the new ETag.</param>
    /// <param name="Refused">Is told that another writer was there before.</param>
    private sealed record Step(Func<UnflushedWrite> Write, Action<string> Stored, Action<InconsistentStateException> Refused);

    private TimeSpan CommitLatency() => TimeSpan.FromTicks(disk.InOrder(schedule.Now + DiskLatency().Ticks) - schedule.Now);

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
