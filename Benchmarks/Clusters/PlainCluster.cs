using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Targets;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>
/// The baseline of the comparison: one silo in this process. It has the SQLite provider twice, once for ordinary grains and
/// once for writes without any grain. The silo's own acceptor is idle.
/// </summary>
internal sealed class PlainCluster : IAsyncDisposable
{
    /// <summary>The name of the storage provider of plain grains.</summary>
    public const string GrainStorageName = "plain";

    private const string FloorStorageName = "floor";

    private readonly EmbeddedHost _host;

    private PlainCluster(EmbeddedHost host)
    {
        _host = host;
        Grains = new PlainGrainTarget(host.Grains);
        Sqlite = new SqliteTarget(host.Silos.Single().GetRequiredKeyedService<IGrainStorage>(FloorStorageName));
    }

    /// <summary>The target that uses ordinary persistent grains.</summary>
    public ILoadTarget Grains { get; }

    /// <summary>The target that uses SQLite alone.</summary>
    public ILoadTarget Sqlite { get; }

    /// <summary>Starts the cluster.</summary>
    /// <param name="folder">The folder for its data.</param>
    public static async Task<PlainCluster> StartAsync(TemporaryFolder folder) =>
        new(await EmbeddedHost.StartAsync(folder.Path, acceptors: 1, new Dictionary<string, string?>(), silo => silo
            .AddSqliteGrainStorage(GrainStorageName, storage => storage.Directory = folder[GrainStorageName])
            .AddSqliteGrainStorage(FloorStorageName, storage => storage.Directory = folder[FloorStorageName])));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
