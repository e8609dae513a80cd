using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Silo processes as <c>./run.sh</c> starts them: one with all acceptors, or several with an acceptor each.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder? _folder;
    private readonly List<SiloProcess> _silos = [];
    private readonly List<string> _gateways = [];
    private IConnection? _connection;

    private ProcessCluster(TemporaryFolder? folder) => _folder = folder;

    /// <summary>Where HTTP is served.</summary>
    public ImmutableArray<Uri> Urls => [.. _silos.Select(silo => silo.Http.BaseAddress!)];

    /// <summary>Starts one process with three acceptors.</summary>
    /// <param name="data">Where they store; null for a temporary folder.</param>
    public static async Task<ProcessCluster> StartOneAsync(string? data = null)
    {
        var folder = data is null ? new TemporaryFolder() : null;
        var cluster = new ProcessCluster(folder);
        cluster._silos.Add(await SiloProcess.ServeAsync(data ?? folder!.Path));
        return cluster;
    }

    /// <summary>Starts several processes with an acceptor each, and waits until all are ready.</summary>
    /// <param name="processes">How many.</param>
    public static async Task<ProcessCluster> StartSeveralAsync(int processes)
    {
        var cluster = new ProcessCluster(new TemporaryFolder());
        try
        {
            var names = Enumerable.Range(1, processes).Select(number => $"a{number}").ToArray();
            var ports = FreePorts.Take(processes);
            cluster._gateways.AddRange(ports.Select(port => $"127.0.0.1:{port}"));
            foreach (var (name, port) in names.Zip(ports))
                cluster._silos.Add(await SiloProcess.ServeAsync(cluster._folder!.Path, null, "--silo", name, "--acceptor-set", string.Join(',', names), "--gateway-port", $"{port}"));
            foreach (var silo in cluster._silos)
                await ReadyAsync(silo);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The client library in this process, connected to the gateway of each silo over TCP.</summary>
    public async Task<IRegisterClient> ConnectAsync()
    {
        _connection ??= await GatewayConnection.OpenAsync(
            new ConnectionTarget(Urls[0], [.. _gateways], ClusterId: "paxos", ServiceId: "paxos", RequestTimeout, Key: null), CancellationToken.None);
        return _connection.Registers;
    }

    /// <summary>SIGKILL to all.</summary>
    public Task KillAsync() => Task.WhenAll(_silos.Select(silo => silo.KillAsync()));

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        foreach (var silo in _silos)
        {
            if (!silo.HasEnded)
                await silo.StopAsync();
            await silo.DisposeAsync();
        }

        _folder?.Dispose();
    }

    private static async Task ReadyAsync(SiloProcess silo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await silo.Http.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
    }
}
