using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>Consensus on a cluster of silos, each an acceptor with a storage that outlives it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly IClusterHarness _harness;

    private TestCluster(IClusterHarness harness, Dictionary<string, MemoryStorage> storages)
    {
        _harness = harness;
        Storages = storages;
    }

    public IReadOnlyList<string> Silos => _harness.Silos;

    public Dictionary<string, MemoryStorage> Storages { get; }

    public static async Task<TestCluster> StartAsync(int silos = 3, Action<PaxosOptions>? configure = null)
    {
        var storages = new Dictionary<string, MemoryStorage>();
        var names = new List<string>();
        var harness = await ClusterHarness.StartAsync(silos, (name, silo) =>
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
        var cluster = new TestCluster(harness, storages);
        await cluster.UntilAllVoteAsync();
        return cluster;
    }

    public IConfigRegisterGrain Register(string name, string silo) => _harness.GrainsOf(silo).GetGrain<IConfigRegisterGrain>(name);

    public IProposerGrain Proposer(string silo) => _harness.GrainsOf(silo).GetGrain<IProposerGrain>("any");

    public IGrainFactory GrainsOf(string silo) => _harness.GrainsOf(silo);

    public Task KillAsync(string silo) => _harness.KillAsync(silo);

    public Task StartAsync(string silo) => _harness.StartAsync(silo);

    /// <summary>A blank acceptor votes when all others have noted it: until then it is not one that a test can count on.</summary>
    private async Task UntilAllVoteAsync()
    {
        while ((await Proposer(Silos[0]).StatusAsync()).Acceptors.Any(acceptor => acceptor.Standing != AcceptorStanding.Voting))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
