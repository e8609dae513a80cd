using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>Consensus on a cluster of silos. Each silo is an acceptor with storage that outlives it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly OrleansCluster _cluster;

    private TestCluster(OrleansCluster cluster, Dictionary<string, MemoryStorage> storages)
    {
        _cluster = cluster;
        Storages = storages;
    }

    public IReadOnlyList<string> Silos => _cluster.Silos;

    public Dictionary<string, MemoryStorage> Storages { get; }

    public static async Task<TestCluster> StartAsync(int silos = 3, Action<PaxosOptions>? configure = null)
    {
        var storages = new Dictionary<string, MemoryStorage>();
        var names = new List<string>();
        var cluster = await OrleansCluster.StartAsync(silos, (name, silo) =>
        {
            lock (storages)
            {
                if (!storages.ContainsKey(name))
                    storages.Add(name, new MemoryStorage());
            }

            silo.Services.AddKeyedSingleton<IGrainStorage>(PaxosStorage.ProviderName, storages[name]);
            silo.AddPaxos(options =>
            {
                options.Acceptors = [.. Enumerable.Range(0, silos).Select(number => $"Silo_{number}")];
                configure?.Invoke(options);
            });
        });
        var paxos = new TestCluster(cluster, storages);
        await paxos.UntilAllVoteAsync();
        return paxos;
    }

    public IConfigRegisterGrain Register(string name, string silo) => _cluster.GrainsOf(silo).GetGrain<IConfigRegisterGrain>(name);

    public IProposerGrain Proposer(string silo) => _cluster.GrainsOf(silo).GetGrain<IProposerGrain>("any");

    public IGrainFactory GrainsOf(string silo) => _cluster.GrainsOf(silo);

    /// <summary>Sessions and locks, for code that runs in a silo.</summary>
    public ICoordination CoordinationOf(string silo) => _cluster.ServicesOf(silo).GetRequiredService<ICoordination>();

    /// <summary>Registers, for code that runs in a silo.</summary>
    public IRegisters RegistersOf(string silo) => _cluster.ServicesOf(silo).GetRequiredService<IRegisters>();

    /// <summary>The services of a silo.</summary>
    public IServiceProvider ServicesOf(string silo) => _cluster.ServicesOf(silo);

    public Task KillAsync(string silo) => _cluster.KillAsync(silo);

    public Task StartAsync(string silo) => _cluster.StartAsync(silo);

    public void Hang(string silo) => _cluster.Hang(silo);

    public void Resume(string silo) => _cluster.Resume(silo);

    /// <summary>Waits until all acceptors vote. A blank acceptor does not vote before all others have noted it.</summary>
    private async Task UntilAllVoteAsync()
    {
        while ((await Proposer(Silos[0]).StatusAsync()).Acceptors.Any(acceptor => acceptor.Standing != AcceptorStanding.Voting))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
