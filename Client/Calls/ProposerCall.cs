using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>A question that any proposer can answer.</summary>
internal sealed class ProposerCall<T>(string key, Func<IProposerGrain, Task<T>> ask) : HedgedCall<T>(key)
{
    public override async Task<T> SendAsync(IGateway gateway, bool toGrain) => await ask(gateway.Proposer());
}
