using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Hosting.Membership;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Runs the silos of this process. Each silo has its own host and TCP ports, as if it ran on its own machine.</summary>
/// <param name="settings">The settings of the process.</param>
/// <param name="logging">Creates the loggers of the silos.</param>
internal sealed class SiloGroup(SiloSettings settings, ILoggerFactory logging) : IHostedService, IGatewaySource, IAsyncDisposable
{
    // Killed processes are detected when the file is read.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);

    // Orleans keeps trying for minutes to leave a membership table that no longer exists.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    // A silo starts within a few seconds unless its membership table cannot be reached.
    private static readonly TimeSpan StartMayGoOnFor = TimeSpan.FromSeconds(8);

    private readonly ILogger _log = logging.CreateLogger<SiloGroup>();
    private readonly List<IHost> _hosts = [];
    private readonly List<IPEndPoint> _gatewayEndpoints = [];
    private ImmutableArray<IGateway> _gateways = [];
    private bool _isStopped = true;

    /// <inheritdoc/>
    public ImmutableArray<IGateway> Current => _gateways;

    /// <summary>The addresses that Orleans clients connect to.</summary>
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

        await StartHostsAsync(cancellationToken);
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
            return; // disposing of a silo that is still stopping would wait for it
        foreach (var host in _hosts.OfType<IAsyncDisposable>())
            await host.DisposeAsync();
    }

    /// <summary>
    /// Starts the silos, one after another (see <see cref="StopOneByOneAsync"/>). When they are to stop meanwhile, they first get the time
    /// to start: a silo whose start is cancelled logs errors, and may end the process.
    /// </summary>
    private async Task StartHostsAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        using var giveUp = new CancellationTokenSource();
        using var patience = stopping.Register(() => giveUp.CancelAfter(StartMayGoOnFor));
        foreach (var host in _hosts)
            await host.StartAsync(giveUp.Token);
        if (!stopping.IsCancellationRequested)
            return;
        await StopAsync(CancellationToken.None);
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Stops the silos one after another. Silos that join or leave the membership table at the same time contend for its version, and
    /// Orleans makes each one that loses wait for a second or more.
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

            // Silos in one process start and stop together, so they need no probes. Probes would only make them suspect each other after the machine slept.
            silo.Configure<ClusterMembershipOptions>(options => options.LivenessEnabled = !settings.HoldsWholeSet);
            SiloSetup.Add(silo, name, settings);
        });
        return builder.Build();
    }

    /// <summary>Listens at every address, because the address that others use may not be one that this machine can bind.</summary>
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

    /// <summary>Ignores the signals of the process. The web application handles them and stops the silos after the last request.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
