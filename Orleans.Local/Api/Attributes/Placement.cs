using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Says how a silo is chosen for a new activation of a grain class.</summary>
/// <param name="placement">The strategy; its director is asked.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute(PlacementStrategy placement) : Attribute
{
    /// <summary>The strategy.</summary>
    public PlacementStrategy PlacementStrategy { get; } = placement;
}

/// <summary>Places activations on any live silo, by chance. The default.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());

/// <summary>Places activations on the silo that the call reaches first.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());

/// <summary>What may not move activations of a grain.</summary>
[Flags]
public enum ImmovableKind : byte
{
    /// <summary>The repartitioner.</summary>
    Repartitioner = 1,

    /// <summary>The rebalancer.</summary>
    Rebalancer = 2,

    /// <summary>Either.</summary>
    Any = 3,
}

/// <summary>Forbids the runtime to move activations of a grain; here nothing moves them in any case.</summary>
/// <param name="kind">What may not move them.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ImmovableAttribute(ImmovableKind kind = ImmovableKind.Any) : Attribute
{
    /// <summary>What may not move them.</summary>
    public ImmovableKind Kind { get; } = kind;
}
