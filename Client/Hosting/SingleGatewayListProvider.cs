using Orleans.Messaging;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Lists one gateway.</summary>
internal sealed class SingleGatewayListProvider(Uri gateway) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromMinutes(1);

    public bool IsUpdatable => false;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>([gateway]);
}
