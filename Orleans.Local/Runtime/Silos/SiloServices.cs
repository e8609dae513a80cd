using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Local;

/// <summary>What the silos of a cluster share, and how each is set up.</summary>
internal sealed record ClusterParts(
    Membership Membership,
    ClusterDirectory Directory,
    GrainClasses Classes,
    MemoryRecords Records,
    Random Random,
    TimeProvider TimeProvider,
    Func<IServiceCollection> NewServices,
    Action<string, IServiceCollection> ConfigureSilo);

/// <summary>Puts a silo's services together: the application's first, the runtime's where it left any out.</summary>
internal static class SiloServices
{
    public static ServiceProvider Build(LocalSilo silo, ClusterParts parts)
    {
        var services = parts.NewServices();
        services.Configure<SiloOptions>(options => options.SiloName = silo.Name);
        parts.ConfigureSilo(silo.Name, services);

        services.TryAddSingleton<IGrainStorageSerializer, SystemTextJsonGrainStorageSerializer>();
        services.AddSingleton(parts.Records);
        services.AddSingleton(_ => new SiloStatusOracle(silo.Name, silo.Address, parts.Membership));
        services.AddSingleton<ISiloStatusOracle>(provider => provider.GetRequiredService<SiloStatusOracle>());
        services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<SiloStatusOracle>());

        // Registered by factory and not disposable: the container leaves them alone when it is disposed.
        services.AddSingleton<IClusterClient>(_ => silo.Client);
        services.AddSingleton<IGrainFactory>(_ => silo.Client);
        services.AddScoped(_ => RuntimeContext.Current
            ?? throw new InvalidOperationException("IGrainContext can be injected into grains only."));

        services.AddSingleton(new RandomPlacementDirector(parts.Random));
        services.AddPlacementDirector<RandomPlacement>(provider => provider.GetRequiredService<RandomPlacementDirector>());
        services.AddPlacementDirector<PreferLocalPlacement, PreferLocalPlacementDirector>();
        return services.BuildServiceProvider();
    }
}
