namespace Orleans.Runtime.Placement;

/// <summary>Chooses a silo for a new activation. Register it with AddPlacementDirector.</summary>
public interface IPlacementDirector
{
    /// <summary>The key of a placement hint in the request context.</summary>
    const string PlacementHintKey = nameof(PlacementHintKey);

    /// <summary>Chooses a silo.</summary>
    /// <param name="strategy">The grain class's strategy.</param>
    /// <param name="target">The grain.</param>
    /// <param name="context">The silos to choose from.</param>
    /// <returns>The silo. An exception reaches the caller of the grain as it is.</returns>
    Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context);
}

/// <summary>The silos that a placement director may choose from.</summary>
public interface IPlacementContext
{
    /// <summary>The silo that places the activation.</summary>
    SiloAddress LocalSilo { get; }

    /// <summary>The status of <see cref="LocalSilo"/>.</summary>
    SiloStatus LocalSiloStatus { get; }

    /// <summary>The live silos that can host a grain.</summary>
    /// <param name="target">The grain.</param>
    /// <returns>At least one silo.</returns>
    /// <exception cref="OrleansException">There is none.</exception>
    SiloAddress[] GetCompatibleSilos(PlacementTarget target);

    /// <summary>The live silos that can host a grain, by version of the grain's interface; here all silos have version 0.</summary>
    /// <param name="target">The grain.</param>
    /// <returns>The silos.</returns>
    IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target);
}

/// <summary>The grain that is to be placed.</summary>
/// <param name="grainIdentity">The grain's id.</param>
/// <param name="requestContextData">What the request carries besides its arguments.</param>
/// <param name="interfaceType">The grain interface called.</param>
/// <param name="interfaceVersion">Its version.</param>
public readonly struct PlacementTarget(
    GrainId grainIdentity,
    Dictionary<string, object> requestContextData,
    GrainInterfaceType interfaceType,
    ushort interfaceVersion)
{
    /// <summary>The grain's id.</summary>
    public GrainId GrainIdentity { get; } = grainIdentity;

    /// <summary>The grain interface called.</summary>
    public GrainInterfaceType InterfaceType { get; } = interfaceType;

    /// <summary>The version of the interface.</summary>
    public ushort InterfaceVersion { get; } = interfaceVersion;

    /// <summary>What the request carries besides its arguments; here always empty.</summary>
    public Dictionary<string, object> RequestContextData { get; } = requestContextData;
}
