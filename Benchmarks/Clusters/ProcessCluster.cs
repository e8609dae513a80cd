using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Processes;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Runs silo processes as <c>./run.sh</c> starts them: one process with all acceptors, or several with one acceptor each.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder? _folder;
    private readonly List<SiloProcess> _silos = [];
    private readonly List<Uri> _urls = [];
    private readonly List<string> _gateways = [];
    private GatewayConnection? _connection;

    private ProcessCluster(TemporaryFolder? folder) => _folder = folder;

    /// <summary>The URLs of the HTTP interfaces.</summary>
    public ImmutableArray<Uri> Urls => [.. _urls];

    /// <summary>The processor time of all processes so far.</summary>
    public TimeSpan ProcessorTime => _silos.Aggregate(TimeSpan.Zero, static (sum, silo) => sum + silo.ProcessorTime);

    /// <summary>The memory that each process has in use, in bytes.</summary>
    public IEnumerable<long> WorkingSets => _silos.Select(static silo => silo.WorkingSet);

    /// <summary>Starts one process with three acceptors.</summary>
    /// <param name="data">The data directory; null for a temporary folder.</param>
    public static async Task<ProcessCluster> StartOneAsync(string? data = null)
    {
        var folder = data is null ? new TemporaryFolder() : null;
        var cluster = new ProcessCluster(folder);
        try
        {
            cluster.Start(FreePorts.Take(1)[0], "--data", data ?? folder!.Path);
            await cluster.ReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts several processes with one acceptor each and waits until all are ready.</summary>
    /// <param name="processes">The number of processes.</param>
    public static async Task<ProcessCluster> StartSeveralAsync(int processes)
    {
        var cluster = new ProcessCluster(new TemporaryFolder());
        try
        {
            var names = Enumerable.Range(1, processes).Select(number => $"a{number}").ToArray();
            var ports = FreePorts.Take(processes * 2);
            cluster._gateways.AddRange(ports[processes..].Select(port => $"127.0.0.1:{port}"));
            foreach (var (index, name) in names.Index())
                cluster.Start(ports[index], "--data", cluster._folder!.Path, "--silo", name, "--acceptor-set", string.Join(',', names), "--gateway-port", $"{ports[processes + index]}");
            await cluster.ReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a register client in this process that is connected to the gateway of each silo over TCP.</summary>
    public async Task<IRegisterClient> ConnectAsync()
    {
        _connection ??= await ConnectAnotherAsync();
        return _connection.Registers;
    }

    /// <summary>Connects to the gateways once more.</summary>
    public Task<GatewayConnection> ConnectAnotherAsync() => GatewayConnection.OpenAsync(
        new ConnectionTarget(Urls, [.. _gateways], ClusterId: "paxos", ServiceId: "paxos", RequestTimeout, Key: null), CancellationToken.None);

    /// <summary>Sessions and locks through the connection.</summary>
    public ICoordination Coordination => _connection!.Coordination;

    /// <summary>Sends SIGKILL to all processes.</summary>
    public Task KillAsync()
    {
        foreach (var silo in _silos)
            silo.Kill();
        return Task.WhenAll(_silos.Select(silo => silo.EndAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        foreach (var silo in _silos)
        {
            silo.Terminate();
            await silo.EndAsync();
            await silo.DisposeAsync();
        }

        _folder?.Dispose();
    }

    private void Start(int port, params string[] arguments)
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        _urls.Add(url);
        _silos.Add(SiloProcess.Start(["--url", $"{url}", .. arguments], _ => { }, Console.Error.WriteLine));
    }

    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var (silo, url) in _silos.Zip(_urls))
        {
            if (!await silo.IsReadyAsync(url, patience.Token))
                throw new InvalidOperationException($"The silo at {url} has ended before it was ready.");
        }
    }
}
