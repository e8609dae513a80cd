using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Tests.Cluster;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>A silo of either runtime with the storage provider under test.</summary>
internal sealed class StorageSilo : IAsyncDisposable
{
    private readonly OrleansCluster _cluster;
    private readonly IServiceProvider _services;

    private StorageSilo(OrleansCluster cluster, IServiceProvider services)
    {
        _cluster = cluster;
        _services = services;
    }

    public IGrainFactory Grains => _cluster.GrainsOf(_cluster.Silos[0]);

    public static async Task<StorageSilo> StartAsync(Action<ISiloBuilder> configure)
    {
        IServiceProvider? services = null;
        var cluster = await OrleansCluster.StartAsync(1, (_, silo) =>
        {
            configure(silo);
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
            {
                services = provider;
                return new Bystander();
            });
        });
        return new(cluster, services!);
    }

    public IGrainStorage Storage(string name) => _services.GetRequiredKeyedService<IGrainStorage>(name);

    public Task KillAsync() => _cluster.KillAsync(_cluster.Silos[0]);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Provides access to the services of the silo. It is created when the silo starts.</summary>
    private sealed class Bystander : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle)
        {
        }
    }
}
