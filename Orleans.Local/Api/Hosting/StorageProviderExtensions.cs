using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.GrainDirectory;
using Orleans.Hosting;
using Orleans.Storage;

namespace Orleans.Runtime.Hosting;

/// <summary>Registers grain storage.</summary>
public static class StorageProviderExtensions
{
    /// <summary>Registers grain storage under a name; the one called "Default" also without a key.</summary>
    /// <typeparam name="T">The storage; one that takes part in the silo's lifecycle is asked to.</typeparam>
    /// <param name="collection">The silo's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="implementationFactory">Makes the storage.</param>
    /// <returns>The silo's services.</returns>
    public static IServiceCollection AddGrainStorage<T>(
        this IServiceCollection collection,
        string name,
        Func<IServiceProvider, string, T> implementationFactory)
        where T : IGrainStorage
    {
        collection.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => implementationFactory(provider, name));
        if (name == "Default")
            collection.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(name));
        if (typeof(ILifecycleParticipant<ISiloLifecycle>).IsAssignableFrom(typeof(T)))
        {
            collection.AddSingleton(
                provider => (ILifecycleParticipant<ISiloLifecycle>)provider.GetRequiredKeyedService<IGrainStorage>(name));
        }

        return collection;
    }
}

/// <summary>Registers grain directories.</summary>
public static class DirectorySiloBuilderExtensions
{
    /// <summary>Registers a grain directory under a name.</summary>
    /// <typeparam name="T">The directory.</typeparam>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name.</param>
    /// <param name="implementationFactory">Makes the directory.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddGrainDirectory<T>(
        this ISiloBuilder builder,
        string name,
        Func<IServiceProvider, string, T> implementationFactory)
        where T : class, IGrainDirectory
    {
        builder.Services.AddGrainDirectory(name, implementationFactory);
        return builder;
    }

    /// <summary>Registers a grain directory under a name.</summary>
    /// <typeparam name="T">The directory.</typeparam>
    /// <param name="collection">The silo's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="implementationFactory">Makes the directory.</param>
    /// <returns>The silo's services.</returns>
    public static IServiceCollection AddGrainDirectory<T>(
        this IServiceCollection collection,
        string name,
        Func<IServiceProvider, string, T> implementationFactory)
        where T : class, IGrainDirectory =>
        collection
            .AddSingleton(new GrainDirectoryName(name))
            .AddKeyedSingleton<IGrainDirectory>(name, (provider, _) => implementationFactory(provider, name));
}

/// <summary>The name of a directory, so that all can be told of a silo's death.</summary>
internal sealed record GrainDirectoryName(string Name);
