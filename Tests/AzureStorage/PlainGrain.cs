using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>What an Orleans application has without consensus: a grain that writes its state to one account.</summary>
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
