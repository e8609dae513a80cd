using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Local;

/// <summary>Any live silo, by chance.</summary>
internal sealed class RandomPlacementDirector(Random random) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);

        // The cluster's silos share it.
        lock (random)
            return Task.FromResult(silos[random.Next(silos.Length)]);
    }
}

/// <summary>The silo that the call reached first, unless it stops.</summary>
internal sealed class PreferLocalPlacementDirector(RandomPlacementDirector otherwise) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        context.LocalSiloStatus == SiloStatus.Active
            ? Task.FromResult(context.LocalSilo)
            : otherwise.OnAddActivation(strategy, target, context);
}
