using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>A cluster of silos in this process.</summary>
internal sealed class OrleansCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly ConcurrentDictionary<string, HangingCalls> _hanging;
    private readonly List<InProcessSiloHandle> _restarted = [];

    private OrleansCluster(InProcessTestCluster cluster, int silos, ConcurrentDictionary<string, HangingCalls> hanging)
    {
        _cluster = cluster;
        _hanging = hanging;
        Silos = [.. Enumerable.Range(0, silos).Select(number => $"Silo_{number}")];
    }

    /// <summary>The silos' names, which are the acceptors' names.</summary>
    public IReadOnlyList<string> Silos { get; }

    public static async Task<OrleansCluster> StartAsync(int silos, Action<string, ISiloBuilder> configure)
    {
        var hanging = new ConcurrentDictionary<string, HangingCalls>();
        var lifecycles = new SiloLifecycles();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ServiceId = "tests"; // keys in storage start with it: a cluster finds what another has stored
        builder.Options.UseDistributedGrainDirectory = true;
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddLogging(logging => logging.ClearProviders());
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(lifecycles);
            var calls = hanging[options.SiloName] = new HangingCalls();
            silo.AddIncomingGrainCallFilter(calls).AddOutgoingGrainCallFilter(calls);
            configure(options.SiloName, silo);
        });
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
        }
        catch
        {
            await lifecycles.StopAsync();
            throw;
        }

        return new OrleansCluster(cluster, silos, hanging);
    }

    /// <summary>Calls grains from within a silo.</summary>
    public IGrainFactory GrainsOf(string silo) => ServicesOf(silo).GetRequiredService<IGrainFactory>();

    /// <summary>The services of a silo.</summary>
    public IServiceProvider ServicesOf(string silo) => HandleOf(silo).ServiceProvider;

    /// <summary>Stops a silo without deactivating its grains.</summary>
    public Task KillAsync(string silo) => _cluster.KillSiloAsync(HandleOf(silo));

    /// <summary>Restarts a killed silo with its storage.</summary>
    public async Task StartAsync(string silo) =>
        _restarted.Add(await _cluster.StartSiloAsync(int.Parse(silo["Silo_".Length..]), _cluster.Options));

    /// <summary>Makes a silo neither answer nor send grain calls, while the cluster considers it alive.</summary>
    public void Hang(string silo) => _hanging[silo].Hang();

    /// <summary>Makes a silo continue with the calls that it held back.</summary>
    public void Resume(string silo) => _hanging[silo].Resume();

    /// <summary>Stops all silos. One that hangs continues first, and the test cluster does not know those that were restarted.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var calls in _hanging.Values)
            calls.Resume();
        foreach (var silo in _restarted)
            await silo.DisposeAsync();
        await _cluster.StopAllSilosAsync(); // until then the process refers to the cluster
        await _cluster.DisposeAsync();
    }

    private InProcessSiloHandle HandleOf(string silo) => _cluster.Silos.Concat(_restarted).Last(handle => handle.Name == silo);
}
