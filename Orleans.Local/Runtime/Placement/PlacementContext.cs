using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Local;

/// <summary>Asks the placement directors of one silo.</summary>
internal sealed class PlacementContext(LocalSilo silo, Membership membership) : IPlacementContext
{
    private static readonly Dictionary<string, object> NoContext = [];

    public SiloAddress LocalSilo => silo.Address;

    public SiloStatus LocalSiloStatus => membership.Find(silo.Address)?.Status ?? SiloStatus.None;

    public SiloAddress[] GetCompatibleSilos(PlacementTarget target)
    {
        var active = membership.Active;
        if (active.IsEmpty)
            throw new OrleansException($"No silo can host the grain {target.GrainIdentity}: none of the cluster runs.");
        return [.. active.Select(candidate => candidate.Address)];
    }

    public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) =>
        new Dictionary<ushort, SiloAddress[]> { [0] = GetCompatibleSilos(target) };

    /// <summary>Chooses a silo for a grain.</summary>
    /// <exception cref="OrleansException">The director chose a silo that is not there; other exceptions are the director's own.</exception>
    public async ValueTask<LocalSilo> ChooseAsync(GrainProxy grain)
    {
        var strategy = grain.Class.Placement;
        var director = silo.Services.GetKeyedService<IPlacementDirector>(strategy.GetType()) ?? throw new OrleansException(
            $"{grain.Class.Type} is placed by {strategy.GetType()}, which has no director. Register one with AddPlacementDirector on every silo.");
        var target = new PlacementTarget(grain.GrainId, NoContext, grain.Interface.InterfaceType, 0);
        var chosen = await director.OnAddActivation(strategy, target, this).ConfigureAwait(false);
        return membership.FindActive(chosen) ?? throw new SiloUnavailableException(
            $"{director.GetType()} chose {chosen} for the grain {grain.GrainId}, which is no live silo. The call did not run.");
    }
}
