using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>Asks how the acceptor set is.</summary>
internal sealed class AcceptorSetCall() : HedgedCall<AcceptorSetStatus>(IAcceptorSetGrain.Key)
{
    public override async Task<AcceptorSetStatus> SendAsync(IGateway gateway, bool toGrain) => await gateway.AcceptorSet().StatusAsync();
}
