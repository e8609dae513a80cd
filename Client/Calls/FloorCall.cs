using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>Asks for a floor for a new request.</summary>
internal sealed class FloorCall(string name, SuspectRegisters suspects) : RegisterCall<long>(name, suspects)
{
    public override async Task<long> SendAsync(IGateway gateway, bool toGrain) => toGrain
        ? await gateway.Register(Key).FloorAsync()
        : await gateway.ProposerOf(Key).FloorAsync(Key);
}
