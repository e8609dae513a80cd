using Orleans.Runtime.Placement;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Finds the silo by its name, exactly. Placement hints are ignored, and an absent silo fails the call at once: its
/// acceptor's memory is there and nowhere else.
/// </summary>
internal sealed class PinnedPlacementDirector(ISiloStatusOracle silos) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var name = target.GrainIdentity.Key.ToString();
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (silos.TryGetSiloName(silo, out var siloName) && siloName == name)
                return Task.FromResult(silo);
        }

        // Not one of Orleans' own exceptions: it tries a placement again that fails with one of those, and so would hold up the caller.
        throw new InvalidOperationException($"Silo '{name}' is not there, and acceptor '{name}' runs on no other.");
    }
}
