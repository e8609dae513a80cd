using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>The activations of one stateless worker on one silo.</summary>
internal sealed class StatelessWorkers(LocalSilo silo, GrainClass grainClass, GrainId grainId)
{
    private readonly Lock _lock = new();
    private readonly List<Activation> _workers = [];

    /// <summary>A copy of the list.</summary>
    public Activation[] Workers
    {
        get
        {
            lock (_lock)
                return [.. _workers];
        }
    }

    /// <summary>Gives a request to an idle activation, else to a new one, else to the one with the fewest requests.</summary>
    /// <returns>False when the silo stops.</returns>
    public bool TryReceive(Call call)
    {
        lock (_lock)
        {
            // A worker leaves the list before it ends, so one in the list takes the request.
            return Choose() is { } worker && worker.TryReceive(call);
        }
    }

    private Activation? Choose()
    {
        Activation? least = null;
        var leastLoad = int.MaxValue;
        foreach (var worker in _workers)
        {
            var load = worker.Load;
            if (load >= leastLoad)
                continue;
            (least, leastLoad) = (worker, load);
            if (load == 0)
                break;
        }

        if (leastLoad == 0 || _workers.Count >= grainClass.MaxLocalWorkers || !silo.TakesActivations)
            return least;
        var another = new Activation(silo, grainClass, grainId, Remove);
        _workers.Add(another);
        return another;
    }

    private void Remove(Activation worker)
    {
        lock (_lock)
            _workers.Remove(worker);
    }
}
