using Orleans.Placement;

namespace Orleans.Paxos.Acceptors;

/// <summary>Places a grain on the silo whose name is its key, and nowhere else.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class PinnedPlacement : PlacementStrategy
{
    public static PinnedPlacement Instance { get; } = new();
}

/// <summary>Marks a grain class whose key is the name of its silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PinnedPlacementAttribute() : PlacementAttribute(PinnedPlacement.Instance);
