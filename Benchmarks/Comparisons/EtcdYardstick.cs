using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Comparisons;

/// <summary>Runs etcd as a baseline when it is installed and not disabled.</summary>
internal sealed class EtcdYardstick : IAsyncDisposable
{
    private readonly EtcdCluster _cluster;
    private readonly EtcdTarget _native;
    private readonly EtcdHttpTarget _http;

    private EtcdYardstick(EtcdCluster cluster) =>
        (_cluster, _native, _http) = (cluster, new EtcdTarget(cluster.Urls), new EtcdHttpTarget(cluster.Urls));

    /// <summary>Its native interface, gRPC.</summary>
    public ILoadTarget Native => _native;

    /// <summary>The HTTP/JSON gateway that each member has in front of it.</summary>
    public ILoadTarget Http => _http;

    /// <summary>The processor time of all its members so far.</summary>
    public TimeSpan ProcessorTime => _cluster.ProcessorTime;

    /// <summary>Starts etcd and adds its version to the notes, or adds the reason why it is left out.</summary>
    /// <param name="session">The run.</param>
    /// <returns>The running etcd; null when it is left out.</returns>
    public static async Task<EtcdYardstick?> StartAsync(Session session)
    {
        if (!session.Options.Etcd)
            return null;
        if (!EtcdCluster.IsInstalled)
        {
            session.Note("etcd is left out: there is no program 'etcd' on the PATH (Debian and Ubuntu: the package etcd-server).");
            return null;
        }

        session.Note($"{await EtcdCluster.VersionAsync()}: three members on loopback, with their default settings; 'etcd' is its native interface, gRPC, 'etcd over HTTP' the gateway which each member has in front of it.");
        return new EtcdYardstick(await EtcdCluster.StartAsync());
    }

    public ValueTask DisposeAsync()
    {
        _native.Dispose();
        _http.Dispose();
        return _cluster.DisposeAsync();
    }
}
