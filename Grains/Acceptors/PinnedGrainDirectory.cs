using Orleans.GrainDirectory;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// A directory without entries. The silo of a pinned grain follows from its key, and a stateless worker is on every silo. Orleans'
/// default directory is spread over the silos: when one dies, the others deactivate the activations whose entries it held. With it, the
/// death of one silo could stop a second acceptor.
/// </summary>
internal sealed class PinnedGrainDirectory : IGrainDirectory
{
    public const string Name = "paxos";

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Register(address);

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
