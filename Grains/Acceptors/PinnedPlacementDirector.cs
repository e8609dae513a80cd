using Orleans.Runtime.Placement;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Finds the silo by its exact name and ignores placement hints. When the silo is absent, the call fails at once, because only that silo
/// has the acceptor's storage.
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

        // Orleans retries a placement that fails with one of its own exceptions, which would delay the caller.
        throw new InvalidOperationException($"Silo '{name}' is not running, and acceptor '{name}' cannot run on another silo.");
    }
}
