using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>Counts in the storage named "sqlite".</summary>
[GrainType("counting")]
internal sealed class CountingGrain(IServiceProvider services) : Grain, ICountingGrain
{
    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>("sqlite");
    private readonly GrainState<StorageState> _state = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _storage.ReadStateAsync("count", this.GetGrainId(), _state);

    public async Task<long> AddAsync(long amount)
    {
        _state.State!.Number += amount;
        await _storage.WriteStateAsync("count", this.GetGrainId(), _state);
        return _state.State.Number;
    }

    public Task ClearAsync() => _storage.ClearStateAsync("count", this.GetGrainId(), _state);
}
