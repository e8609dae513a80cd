using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>One run of a silo, from its start to its stop or death (LocalSilo.Life.cs): its services and the activations that it hosts.</summary>
internal sealed partial class LocalSilo
{
    private readonly Membership _membership;
    private readonly ClusterDirectory _clusterDirectory;
    private readonly ServiceProvider _services;
    private readonly HostedServices _host;
    private readonly PendingCalls _pending;

    // All activations but stateless workers.
    private readonly ConcurrentDictionary<Activation, bool> _hosted = new();

    // Those of grains with a directory of the application's own.
    private readonly ConcurrentDictionary<GrainId, Activation> _byGrain = new();
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> _workers = new();
    private volatile bool _isStopping;

    public LocalSilo(string name, SiloAddress address, ClusterParts parts)
    {
        Name = name;
        Address = address;
        _membership = parts.Membership;
        _clusterDirectory = parts.Directory;
        Router = new Router(this, _membership, _clusterDirectory);
        _services = SiloServices.Build(this, parts);
        _host = new HostedServices(_services);
        TimeProvider = _services.GetRequiredService<TimeProvider>();
        Logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Local");
        Collection = _services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        var responseTimeout = _services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout;
        _pending = new PendingCalls(responseTimeout, TimeProvider, () => Gate.IsOpen);
        Client = new LocalClient(new SiloCaller(this, _pending, Logger), parts.Classes, () => Services);
    }

    public string Name { get; }

    public SiloAddress Address { get; }

    public SiloGate Gate { get; } = new();

    public Router Router { get; }

    public IServiceProvider Services => _services;

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    /// <summary>When idle activations end.</summary>
    public GrainCollectionOptions Collection { get; }

    /// <summary>Makes references for the silo's grains and services.</summary>
    public LocalClient Client { get; }

    public bool TakesActivations => !_isStopping;

    /// <summary>Takes a request for a grain with a directory of the application's own; makes the activation if there is none.</summary>
    /// <returns>False when the silo stops and has no such activation.</returns>
    public bool TryReceive(Call call)
    {
        var grain = call.Target;
        while (true)
        {
            if (_byGrain.TryGetValue(grain.GrainId, out var activation))
            {
                if (activation.TryReceive(call))
                    return true;
            }
            else if (!TryAdd(new Activation(this, grain.Class, grain.GrainId, Forget)))
            {
                return false;
            }
        }
    }

    /// <summary>Takes a request for a stateless worker.</summary>
    /// <returns>False when the silo stops.</returns>
    public bool TryReceiveByWorker(Call call)
    {
        var grain = call.Target;
        if (!_workers.TryGetValue(grain.GrainId, out var workers))
            workers = _workers.GetOrAdd(grain.GrainId, new StatelessWorkers(this, grain.Class, grain.GrainId));
        return workers.TryReceive(call);
    }

    /// <summary>Makes an activation that no directory knows.</summary>
    /// <exception cref="InvalidOperationException">The silo stops.</exception>
    public Activation CreateStray(GrainClass grainClass, GrainId grainId)
    {
        var stray = new Activation(this, grainClass, grainId, Forget, isInDirectory: false);
        return TryHost(stray) ? stray : throw new InvalidOperationException($"The silo '{Name}' stops and takes no more activations.");
    }

    /// <summary>Takes an activation in.</summary>
    /// <returns>False when the silo stops.</returns>
    public bool TryHost(Activation activation)
    {
        _hosted.TryAdd(activation, true);

        // Asked last: whoever sets it deactivates all that are hosted afterwards.
        if (TakesActivations)
            return true;
        Forget(activation);
        return false;
    }

    public void Forget(Activation activation)
    {
        _hosted.TryRemove(activation, out _);
        _byGrain.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));
    }

    private bool TryAdd(Activation activation)
    {
        if (!TryHost(activation))
            return false;
        if (!_byGrain.TryAdd(activation.GrainId, activation))
            _hosted.TryRemove(activation, out _);
        return true;
    }

    private IEnumerable<Activation> Activations() => _hosted.Keys.Concat(_workers.Values.SelectMany(workers => workers.Workers));
}
