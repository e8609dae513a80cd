using Orleans.Paxos.Verification.Simulation.World;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Storage that passes every call to another storage. A negative control overrides the calls that it breaks. It has a log if the other storage has one.</summary>
internal abstract class RegisterDecorator(IGrainStorage inner) : IGrainStorage, IAcceptorGrainStorage, IRegisterStorage
{
    public virtual bool IsExclusivelyOwned => ((IAcceptorGrainStorage)inner).IsExclusivelyOwned;

    public string Kind => "broken";

    public IRegisterStorage? Registers => InnerRegisters is null ? null : this;

    private IRegisterStorage? InnerRegisters => ((IAcceptorGrainStorage)inner).Registers;

    public virtual Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteAsync(stateName, grainId, grainState, addition: null);

    public virtual Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);

    public Task CommitAsync(IReadOnlyList<RegisterWrite> writes) => Task.WhenAll(writes.Select(WriteOneAsync));

    public Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion) =>
        InnerRegisters!.ReadEntriesAsync(stateName, grainId, firstVersion);

    public Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count) => InnerRegisters!.ReadNamesAsync(list, first, count);

    public Task<long> CountNamesAsync(string list) => InnerRegisters!.CountNamesAsync(list);

    /// <summary>Writes a record, alone or together with the entries that are added.</summary>
    protected virtual Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition) => addition is null
        ? inner.WriteStateAsync(stateName, grainId, grainState)
        : InnerRegisters!.WriteRegisterAsync(stateName, grainId, grainState, addition);

    /// <summary>Removes a record, with its history and the names that leave with it.</summary>
    protected virtual Task RemoveAsync(RegisterWrite write) => InnerRegisters!.CommitAsync([write]);

    private async Task WriteOneAsync(RegisterWrite write)
    {
        try
        {
            if (write.Removes)
                await RemoveAsync(write);
            else
                await WriteAsync(write.StateName, write.GrainId, write.Record, write.Addition);
        }
        catch (InconsistentStateException conflict)
        {
            write.Refusal = conflict;
        }
    }
}
