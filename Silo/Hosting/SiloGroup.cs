using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Hosting.Membership;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>The silos of this process, each a host of its own with TCP ports of its own, as if it were a machine.</summary>
/// <param name="settings">The host's settings.</param>
/// <param name="logging">Where the silos log.</param>
internal sealed class SiloGroup(SiloSettings settings, ILoggerFactory logging) : IHostedService, IGatewaySource, IAsyncDisposable
{
    // Reading the file is what finds killed processes.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);

    // Orleans tries for minutes to leave a membership table that is gone.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly ILogger _log = logging.CreateLogger<SiloGroup>();
    private readonly List<IHost> _hosts = [];
    private readonly List<IPEndPoint> _gatewayEndpoints = [];
    private ImmutableArray<IGateway> _gateways = [];
    private bool _isStopped = true;

    /// <inheritdoc/>
    public ImmutableArray<IGateway> Current => _gateways;

    /// <summary>Where Orleans clients connect.</summary>
    public IEnumerable<string> ClientAddresses => _gatewayEndpoints.Select(endpoint => $"{endpoint}");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = await OwnAddress.ResolveAsync(settings.Address, cancellationToken);
        var free = new Queue<int>(FreePorts.Take(settings.Silos.Length * 2));
        foreach (var name in settings.Silos)
        {
            var siloPort = settings.SiloPort ?? (IPAddress.IsLoopback(address) ? free.Dequeue() : SiloSettings.DefaultSiloPort);
            var gatewayPort = settings.GatewayPort ?? (IPAddress.IsLoopback(address) ? free.Dequeue() : SiloSettings.DefaultGatewayPort);
            _gatewayEndpoints.Add(new IPEndPoint(address, gatewayPort));
            _hosts.Add(Build(name, address, siloPort, gatewayPort));
        }

        await Task.WhenAll(_hosts.Select(host => host.StartAsync(cancellationToken)));
        _gateways = [.. settings.Silos.Zip(_hosts, (name, host) => new SiloGateway(name, host.Services.GetRequiredService<IGrainFactory>()))];
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopOneByOneAsync(cancellationToken).WaitAsync(StopTimeout, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            _isStopped = false;
            _log.LogWarning("The silos did not stop within {Seconds} s, and the process ends without them. What they acknowledged is safe; other silos find out by themselves that these are gone.", StopTimeout.TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
            return; // to dispose of a silo that still stops would wait for it
        foreach (var host in _hosts.OfType<IAsyncDisposable>())
            await host.DisposeAsync();
    }

    /// <summary>
    /// Silos that leave the membership table at the same time contend for its version, and Orleans lets each that loses wait for a
    /// second or more.
    /// </summary>
    private async Task StopOneByOneAsync(CancellationToken cancellationToken)
    {
        foreach (var host in _hosts)
            await host.StopAsync(cancellationToken);
    }

    private IHost Build(string name, IPAddress address, int siloPort, int gatewayPort)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.ConfigureEndpoints(address, siloPort, gatewayPort);
            if (!IPAddress.IsLoopback(address))
                silo.Configure<EndpointOptions>(options => ListenEverywhere(options, address.AddressFamily));
            UseMembership(silo);

            // Silos that live and die together need not suspect each other, least of all while the machine sleeps.
            silo.Configure<ClusterMembershipOptions>(options => options.LivenessEnabled = !settings.HoldsWholeSet);
            SiloSetup.Add(silo, name, settings);
        });
        return builder.Build();
    }

    /// <summary>The address at which others reach a machine need not be one that it can bind.</summary>
    private static void ListenEverywhere(EndpointOptions options, AddressFamily family)
    {
        var any = family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        options.SiloListeningEndpoint = new IPEndPoint(any, options.SiloPort);
        options.GatewayListeningEndpoint = new IPEndPoint(any, options.GatewayPort);
    }

    private void UseMembership(ISiloBuilder silo)
    {
        if (settings.MembershipFile is { } file)
        {
            silo.UseMembershipFile(file).Configure<ClusterMembershipOptions>(options => options.TableRefreshTimeout = TableRefresh);
            return;
        }

        AzureHosting.UseMembership(silo, settings.Azure.Membership!, settings.Azure);
        SuccessorMembershipTable.Add(silo);
    }

    /// <summary>The process's signals are the web application's to handle; it stops the silos after the last request.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
