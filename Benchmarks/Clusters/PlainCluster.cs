using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Targets;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>
/// What is compared with: one silo in this process, with the same SQLite provider for ordinary grains, and a second one that is written
/// without any grain. The silo's own acceptor is idle.
/// </summary>
internal sealed class PlainCluster : IAsyncDisposable
{
    /// <summary>The name of the storage of plain grains.</summary>
    public const string GrainStorageName = "plain";

    private const string FloorStorageName = "floor";

    private readonly EmbeddedHost _host;

    private PlainCluster(EmbeddedHost host)
    {
        _host = host;
        Grains = new PlainGrainTarget(host.Grains);
        Sqlite = new SqliteTarget(host.Silos.Single().GetRequiredKeyedService<IGrainStorage>(FloorStorageName));
    }

    /// <summary>Ordinary persistent grains.</summary>
    public ILoadTarget Grains { get; }

    /// <summary>SQLite alone.</summary>
    public ILoadTarget Sqlite { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it stores.</param>
    public static async Task<PlainCluster> StartAsync(TemporaryFolder folder) =>
        new(await EmbeddedHost.StartAsync(folder.Path, acceptors: 1, new Dictionary<string, string?>(), silo => silo
            .AddSqliteGrainStorage(GrainStorageName, storage => storage.Directory = folder[GrainStorageName])
            .AddSqliteGrainStorage(FloorStorageName, storage => storage.Directory = folder[FloorStorageName])));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
