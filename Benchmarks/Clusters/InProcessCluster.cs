using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Settings;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Silos with their acceptors in this process, over temporary SQLite directories.</summary>
internal sealed class InProcessCluster : IAsyncDisposable
{
    private readonly EmbeddedHost _host;

    private InProcessCluster(EmbeddedHost host, int acceptors) => (_host, Acceptors) = (host, acceptors);

    /// <summary>How many acceptors there are.</summary>
    public int Acceptors { get; }

    /// <summary>The client library, whose calls go to grains of this process.</summary>
    public IRegisterClient Registers => _host.Registers;

    /// <summary>How many transactions all acceptors have committed.</summary>
    public long Commits => _host.Silos
        .Select(services => (SqliteGrainStorage)services.GetRequiredKeyedService<IGrainStorage>(PaxosStorage.ProviderName))
        .Sum(storage => storage.Store.Writer.Commits);

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where the acceptors store.</param>
    /// <param name="acceptors">How many acceptors.</param>
    /// <param name="historyEntries">How many entries a register's history has; null for the default.</param>
    /// <param name="idleGrainsEndAfter">After how long without a call a register's grain ends; null for the runtime's default.</param>
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
