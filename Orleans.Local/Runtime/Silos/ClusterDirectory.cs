using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>The runtime's own directory: every grain in it has one activation in the cluster.</summary>
internal sealed class ClusterDirectory
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();

    public Activation? Find(GrainId grainId) => _activations.GetValueOrDefault(grainId);

    /// <summary>Makes an activation, unless there is one by now or the silo stops.</summary>
    public void Add(LocalSilo silo, GrainProxy grain)
    {
        var activation = new Activation(silo, grain.Class, grain.GrainId, Remove);
        if (silo.TryHost(activation) && !_activations.TryAdd(grain.GrainId, activation))
            silo.Forget(activation);
    }

    /// <summary>Forgets an activation that ends, or whose silo was killed.</summary>
    public void Remove(Activation activation)
    {
        _activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));
        activation.Silo.Forget(activation);
    }
}
