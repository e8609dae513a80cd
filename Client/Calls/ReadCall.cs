using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>A read of one register.</summary>
internal sealed class ReadCall(string name, ReadConsistency consistency, SuspectRegisters suspects) : RegisterCall<RegisterEntry?>(name, suspects)
{
    public override async Task<RegisterEntry?> SendAsync(IGateway gateway, bool toGrain) => toGrain
        ? await gateway.Register(Key).ReadAsync(consistency)
        : await gateway.ProposerOf(Key).ReadAsync(Key);
}
