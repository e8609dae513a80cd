using Orleans.Local;

namespace Orleans.Paxos;

/// <summary>The silos of this process, on the in-process stand-in for Orleans.</summary>
/// <param name="settings">The host's settings.</param>
/// <param name="logging">Where the silos log.</param>
internal sealed class SiloGroup(SiloSettings settings, ILoggerFactory logging) : IHostedService, IGatewaySource, IAsyncDisposable
{
    /// <summary>The runtime's name.</summary>
    public const string Runtime = "local";

    /// <summary>Whether one process can be one silo of a cluster.</summary>
    public const bool TakesPartInCluster = false;

    private readonly LocalCluster _cluster = Build(settings, logging);
    private ImmutableArray<IGateway> _gateways = [];

    /// <inheritdoc/>
    public ImmutableArray<IGateway> Current => _gateways;

    /// <summary>Where Orleans clients connect: nowhere, the stand-in has no network.</summary>
    public IEnumerable<string> ClientAddresses => [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _cluster.StartAsync();
        _gateways = [.. settings.Silos.Select(name => new SiloGateway(name, _cluster.ClientThrough(name)))];
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(settings.Silos.Select(name => _cluster.StopSiloAsync(name, cancellationToken)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static LocalCluster Build(SiloSettings settings, ILoggerFactory logging)
    {
        var builder = new LocalClusterBuilder();
        foreach (var name in settings.Silos)
            builder.AddSilo(name);
        return builder
            .ConfigureServices(services => services.AddSingleton(logging))
            .ConfigureSilo((name, silo) => SiloSetup.Add(silo, name, settings))
            .Build();
    }
}
