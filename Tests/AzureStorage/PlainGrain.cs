using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>A grain as Orleans applications have it without consensus: it writes its state to one account.</summary>
public interface IPlainGrain : IGrainWithStringKey
{
    Task WriteAsync(byte[] value);
}

[PreferLocalPlacement]
internal sealed class PlainGrain([FromKeyedServices(PlainStorage.Name)] IGrainStorage storage) : Grain, IPlainGrain
{
    private readonly GrainState<StoredRecord> _state = new(new StoredRecord());

    public async Task WriteAsync(byte[] value)
    {
        _state.State = new StoredRecord { Bytes = value };
        await storage.WriteStateAsync("state", this.GetGrainId(), _state);
    }
}
