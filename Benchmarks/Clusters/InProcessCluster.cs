using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Settings;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Runs silos and their acceptors in this process, with temporary SQLite directories.</summary>
internal sealed class InProcessCluster : IAsyncDisposable
{
    private readonly EmbeddedHost _host;

    private InProcessCluster(EmbeddedHost host, int acceptors) => (_host, Acceptors) = (host, acceptors);

    /// <summary>The number of acceptors.</summary>
    public int Acceptors { get; }

    /// <summary>The register client, whose calls go to grains in this process.</summary>
    public IRegisterClient Registers => _host.Registers;

    /// <summary>Sessions and locks, likewise.</summary>
    public ICoordination Coordination => _host.Coordination;

    /// <summary>The number of transactions that all acceptors have committed.</summary>
    public long Commits => _host.Silos
        .Select(services => (SqliteGrainStorage)services.GetRequiredKeyedService<IGrainStorage>(PaxosStorage.ProviderName))
        .Sum(storage => storage.Store.Writer.Commits);

    /// <summary>Starts a cluster of three acceptors that forgets what was deleted soon, and whose caches are small, so that they are soon full.</summary>
    /// <param name="folder">The folder for the acceptors' data.</param>
    /// <param name="forgetAfter">How long after its deletion a register is forgotten.</param>
    /// <param name="memoryBytes">How many bytes of records an acceptor keeps in memory.</param>
    public static async Task<InProcessCluster> StartForgetfulAsync(TemporaryFolder folder, TimeSpan forgetAfter, long memoryBytes)
    {
        const int acceptors = 3;
        const int grainsInDirectoryCache = 1000;
        var settings = new Dictionary<string, string?>
        {
            [$"{SettingsReader.Section}:{nameof(PaxosOptions.ForgetAfter)}"] = $"{forgetAfter}",
            [$"{SettingsReader.Section}:{nameof(PaxosOptions.AcceptorMemoryBytes)}"] = $"{memoryBytes}",
        };
        return new InProcessCluster(await EmbeddedHost.StartAsync(folder.Path, acceptors, settings, static silo => silo.Configure<GrainDirectoryOptions>(static options => options.CacheSize = grainsInDirectoryCache)), acceptors);
    }

    /// <summary>Starts the cluster.</summary>
    /// <param name="folder">The folder for the acceptors' data.</param>
    /// <param name="acceptors">The number of acceptors.</param>
    /// <param name="historyEntries">The maximum number of entries in a register's history; null for the default.</param>
    /// <param name="idleGrainsEndAfter">The time without a call after which a register's grain is deactivated; null for the runtime's default.</param>
    public static async Task<InProcessCluster> StartAsync(TemporaryFolder folder, int acceptors = 3, int? historyEntries = null, TimeSpan? idleGrainsEndAfter = null)
    {
        var settings = new Dictionary<string, string?>();
        if (historyEntries is { } entries)
            settings[$"{SettingsReader.Section}:{nameof(PaxosOptions.HistoryEntries)}"] = $"{entries}";
        var host = await EmbeddedHost.StartAsync(folder.Path, acceptors, settings, silo =>
        {
            if (idleGrainsEndAfter is { } age)
                silo.Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.CollectionQuantum) = (age, age / 2));
        });
        return new InProcessCluster(host, acceptors);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
