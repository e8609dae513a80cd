using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Placement;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>The baseline: a persistent grain as Orleans users have it without replication.</summary>
[GrainType("paxos-plain-yardstick"), PreferLocalPlacement]
internal sealed class PlainGrain(IServiceProvider services) : Grain, IPlainGrain
{
    private const string StateName = "value";

    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>(PlainCluster.GrainStorageName);
    private readonly GrainState<StoredRecord> _state = new() { State = new StoredRecord() };

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _storage.ReadStateAsync(StateName, this.GetGrainId(), _state);

    public Task WriteAsync(byte[] value)
    {
        _state.State = new StoredRecord { Bytes = value };
        return _storage.WriteStateAsync(StateName, this.GetGrainId(), _state);
    }

    public Task<PlainValue> ReadAsync() => Task.FromResult(new PlainValue(_state.State!.Bytes));
}
