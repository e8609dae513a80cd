using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Names a way to choose a silo for a new activation; a director carries it out.</summary>
    public abstract class PlacementStrategy
    {
        /// <summary>Whether activations are found through a grain directory.</summary>
        public virtual bool IsUsingGrainDirectory => true;
    }

    /// <summary>Any live silo, by chance.</summary>
    public sealed class RandomPlacement : PlacementStrategy;

    /// <summary>The silo that the call reaches first.</summary>
    public sealed class PreferLocalPlacement : PlacementStrategy;
}

namespace Orleans
{
    /// <summary>The silo that the call reaches first, in several activations, outside the directory.</summary>
    internal sealed class StatelessWorkerPlacement(int maxLocalWorkers) : PlacementStrategy
    {
        public override bool IsUsingGrainDirectory => false;

        public int MaxLocalWorkers { get; } = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;
    }
}
