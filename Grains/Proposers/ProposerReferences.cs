using System.Collections.Concurrent;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// The proposers of this silo. References are kept: to make one Orleans looks up the grain interface by reflection, which would be a
/// large part of a register's activation.
/// </summary>
internal sealed class ProposerReferences(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<string, IProposerGrain> _byKey = new();

    /// <summary>The proposer that sees all proposals for a register.</summary>
    public IProposerGrain Of(string register) => _byKey.GetOrAdd(ProposerKey.Of(register), key => grains.GetGrain<IProposerGrain>(key));
}
