using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Local;

/// <summary>A cluster whose silos all run in this process.</summary>
/// <remarks>
/// <code>
/// LocalClusterBuilder, LocalCluster   the way in
/// Api/                                the part of Orleans' API that this stands in for, in Orleans' namespaces
/// Runtime/Calls/                      references, requests and answers, response timeouts
/// Runtime/Grains/                     grain classes, activations and their turns
/// Runtime/Silos/                      silos, their gates (pause and death), membership, routing
/// Runtime/Placement/                  the runtime's own directors
/// Runtime/Serialization/              what may cross a call, and copies of it
/// Runtime/Storage/                    grain storage in memory
/// </code>
/// There is no networking. Arguments and results are copied where Orleans copies them, so grains share nothing but what is immutable.
/// </remarks>
public sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan DisposalPatience = TimeSpan.FromSeconds(5);

    private readonly ClusterParts _parts;
    private readonly Dictionary<string, SiloSlot> _slots;
    private readonly ServiceProvider _clientServices;
    private readonly PendingCalls _clientCalls;
    private readonly ILogger _clientLogger;
    private readonly HostedServices _clientHost;

    internal LocalCluster(string[] siloNames, ClusterParts parts, Func<LocalCluster, ServiceProvider> buildClientServices)
    {
        _parts = parts;
        SiloNames = siloNames;
        _slots = siloNames.Select((name, index) => new SiloSlot(name, index, parts)).ToDictionary(slot => slot.Name);
        _clientServices = buildClientServices(this);
        _clientLogger = _clientServices.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Local");
        _clientHost = new HostedServices(_clientServices);
        var responseTimeout = _clientServices.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout;
        _clientCalls = new PendingCalls(responseTimeout, _clientServices.GetRequiredService<TimeProvider>(), () => true);
        Client = NewClient(new ClusterCaller(parts.Membership, _clientCalls, _clientLogger));
    }

    /// <summary>The names of all silos, running or not, in the order they were added.</summary>
    public IReadOnlyList<string> SiloNames { get; }

    /// <summary>A client of the cluster. Each grain is called through one live silo as its gateway.</summary>
    public IClusterClient Client { get; }

    /// <summary>Starts all silos, one after the other, then the hosted services of the client.</summary>
    /// <returns>When all run.</returns>
    public async Task StartAsync()
    {
        foreach (var name in SiloNames)
            await StartSiloAsync(name);
        await _clientHost.StartAsync();
    }

    /// <summary>A client with one gateway: its calls hang while that silo is paused and fail while it is not there.</summary>
    /// <param name="siloName">The gateway.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    public IClusterClient ClientThrough(string siloName) => NewClient(GatewayTo(Slot(siloName)));

    /// <summary>The services of a silo that runs.</summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>Its services; they are disposed when it stops.</returns>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public IServiceProvider ServicesOf(string siloName) => Slot(siloName).Running.Services;

    /// <summary>
    /// Kills a silo: nothing of its grains runs any more, no OnDeactivateAsync, no lifecycle stop. Its services are disposed, so that
    /// files are released. Calls in flight to it or through it hang until the response timeout, as with a killed process; its own calls
    /// fail at once, so that loops of its services end. Unlike there, the other silos know of the death at once and place its grains anew.
    /// </summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>When its services are disposed.</returns>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public async Task KillSiloAsync(string siloName) => await Slot(siloName).EndAsync(silo => silo.KillAsync());

    /// <summary>Stops a silo: its lifecycle is stopped and its grains are deactivated when their requests have ended, at most 30 s later.</summary>
    /// <param name="siloName">The silo.</param>
    /// <param name="cancellationToken">Hurries it: requests are waited for no longer.</param>
    /// <returns>When it has stopped.</returns>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It does not run, or is paused.</exception>
    public async Task StopSiloAsync(string siloName, CancellationToken cancellationToken = default) =>
        await Slot(siloName).EndAsync(silo => silo.Gate.IsOpen
            ? silo.StopAsync(cancellationToken)
            : throw new InvalidOperationException($"The silo '{siloName}' is paused and cannot stop. Resume or kill it."));

    /// <summary>Starts a silo that was killed or stopped, with the same setup and new services.</summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>When it runs.</returns>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It runs.</exception>
    public Task StartSiloAsync(string siloName) => Slot(siloName).StartAsync();

    /// <summary>
    /// Makes a silo hang, as SIGSTOP does: no turn of its grains starts and nothing leaves or enters it. A turn that runs goes on to its
    /// next await; threads that its services have started go on. The other silos never take it for dead.
    /// </summary>
    /// <param name="siloName">The silo.</param>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void PauseSilo(string siloName) => Slot(siloName).Running.Gate.Pause();

    /// <summary>Ends the pause; what has queued up runs.</summary>
    /// <param name="siloName">The silo.</param>
    /// <exception cref="ArgumentException">There is no such silo.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void ResumeSilo(string siloName) => Slot(siloName).Running.Gate.Resume();

    /// <summary>Makes a second activation of a grain, outside every directory, as a faulty cluster may.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="siloName">Where.</param>
    /// <param name="key">The grain's key.</param>
    /// <returns>A reference to that activation and no other, with that silo as its gateway.</returns>
    /// <exception cref="ArgumentException">There is no such silo, or no class of the interface.</exception>
    /// <exception cref="InvalidOperationException">The silo does not run.</exception>
    public TGrainInterface CreateDuplicateActivation<TGrainInterface>(string siloName, string key)
        where TGrainInterface : IGrainWithStringKey
    {
        var client = NewClient(GatewayTo(Slot(siloName)));
        var grain = (GrainProxy)(object)client.GetGrain<TGrainInterface>(key);
        return client.GetGrain<TGrainInterface>(Slot(siloName).Running.CreateStray(grain.Class, grain.GrainId));
    }

    /// <summary>Stops the client and all silos; those that are paused, or do not stop within seconds, are killed.</summary>
    /// <returns>When none runs.</returns>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(DisposalPatience);
        await _clientHost.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_slots.Values.Select(slot => slot.EndWithAllAsync(patience.Token)));
        _clientCalls.Dispose();
        await _clientServices.DisposeAsync();
    }

    private SiloSlot Slot(string siloName) => _slots.TryGetValue(siloName, out var slot)
        ? slot
        : throw new ArgumentException($"The cluster has no silo '{siloName}'; it has {string.Join(", ", SiloNames)}.", nameof(siloName));

    private GatewayCaller GatewayTo(SiloSlot slot) => new(slot.Name, _parts.Membership, _clientCalls, _clientLogger);

    private LocalClient NewClient(Caller caller) => new(caller, _parts.Classes, () => _clientServices);
}
