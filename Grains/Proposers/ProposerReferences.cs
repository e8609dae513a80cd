using System.Collections.Concurrent;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// The proposers of this silo. References are kept, because Orleans looks up the grain interface by reflection to create one, which would
/// be a large part of the cost of a register's activation.
/// </summary>
internal sealed class ProposerReferences(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<string, IProposerGrain> _byKey = new();

    /// <summary>Returns the proposer that sees all proposals for a register.</summary>
    public IProposerGrain Of(string register) => _byKey.GetOrAdd(ProposerKey.Of(register), key => grains.GetGrain<IProposerGrain>(key));
}
