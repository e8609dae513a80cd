using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>The client library with the silos of a cluster in this process, each of which is a gateway.</summary>
internal sealed class ClusterGateways : IGatewaySource, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _monitoring;

    public ClusterGateways(TestCluster cluster)
        : this(cluster.Silos.Select(silo => new SiloGateway(silo, cluster.GrainsOf(silo))))
    {
    }

    public ClusterGateways(IEnumerable<IGateway> gateways, Action<PaxosClientOptions>? configure = null)
    {
        Current = [.. gateways];
        var options = new PaxosClientOptions();
        configure?.Invoke(options);
        var monitor = new GatewayMonitor(this, options, TimeProvider.System, NullLogger<GatewayMonitor>.Instance);
        _monitoring = monitor.RunAsync(_stop.Token);
        Client = new RegisterClient(monitor, options, TimeProvider.System, UniqueId.New);
    }

    public ImmutableArray<IGateway> Current { get; }

    public IRegisterClient Client { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_monitoring);
        _stop.Dispose();
    }
}
