using System.Net;
using Orleans.Configuration;

namespace Orleans.Paxos;

/// <summary>The silos of this process, each a host of its own with TCP ports of its own, as if it were a machine.</summary>
/// <param name="settings">The host's settings.</param>
/// <param name="logging">Where the silos log.</param>
internal sealed class SiloGroup(SiloSettings settings, ILoggerFactory logging) : IHostedService, IGatewaySource, IAsyncDisposable
{
    /// <summary>The runtime's name.</summary>
    public const string Runtime = "packages";

    /// <summary>Whether one process can be one silo of a cluster.</summary>
    public const bool TakesPartInCluster = true;

    // Reading the table is what finds killed processes.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);

    private readonly List<IHost> _hosts = [];
    private readonly List<int> _gatewayPorts = [];
    private ImmutableArray<IGateway> _gateways = [];

    /// <inheritdoc/>
    public ImmutableArray<IGateway> Current => _gateways;

    /// <summary>Where Orleans clients connect.</summary>
    public IEnumerable<string> ClientAddresses => _gatewayPorts.Select(port => $"127.0.0.1:{port}");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var free = new Queue<int>(FreePorts.Take(settings.Silos.Length * 2));
        foreach (var name in settings.Silos)
        {
            _gatewayPorts.Add(settings.GatewayPort ?? free.Dequeue());
            _hosts.Add(Build(name, settings.SiloPort ?? free.Dequeue(), _gatewayPorts[^1]));
        }

        await Task.WhenAll(_hosts.Select(host => host.StartAsync(cancellationToken)));
        _gateways = [.. settings.Silos.Zip(_hosts, (name, host) => new SiloGateway(name, host.Services.GetRequiredService<IGrainFactory>()))];
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_hosts.Select(host => host.StopAsync(cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.OfType<IAsyncDisposable>())
            await host.DisposeAsync();
    }

    private IHost Build(string name, int siloPort, int gatewayPort)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("paxos", "paxos"));
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.UseMembershipFile(settings.MembershipFile);

            silo.Configure<ClusterMembershipOptions>(options =>
            {
                // Silos that live and die together need not suspect each other, least of all while the machine sleeps.
                options.LivenessEnabled = !settings.HoldsWholeSet;
                options.TableRefreshTimeout = TableRefresh;
            });
            SiloSetup.Add(silo, name, settings);
        });
        return builder.Build();
    }

    /// <summary>The process's signals are the web application's to handle; it stops the silos after the last request.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
