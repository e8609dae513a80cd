using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>Storage that says of some records that they are written, and does not write them.</summary>
/// <param name="inner">The storage that holds all the others.</param>
/// <param name="dropped">What the names of the dropped records begin with.</param>
internal sealed class RecordDropper(IGrainStorage inner, string dropped) : RegisterDecorator(inner)
{
    protected override Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, RegisterAddition? addition)
    {
        if (!stateName.StartsWith(dropped, StringComparison.Ordinal))
            return base.WriteAsync(stateName, grainId, grainState, addition);
        (grainState.ETag, grainState.RecordExists) = ("1", true);
        return Task.CompletedTask;
    }
}
