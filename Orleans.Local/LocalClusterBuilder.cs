using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Orleans.Local;

/// <summary>Puts a cluster together whose silos all run in this process.</summary>
public sealed class LocalClusterBuilder
{
    private readonly List<string> _siloNames = [];
    private readonly List<Assembly> _applicationParts = [];
    private Action<string, ISiloBuilder>? _configureSilo;
    private Action<IClientBuilder>? _configureClient;
    private Action<IServiceCollection>? _configureServices;

    /// <summary>The clock of the cluster; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Chooses silos where the choice is by chance.</summary>
    public Random Random { get; set; } = new();

    /// <summary>The settings that silo and client builders see; empty by default.</summary>
    public IConfiguration Configuration { get; set; } = new ConfigurationBuilder().Build();

    /// <summary>Adds a silo.</summary>
    /// <param name="name">Its name, used once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is empty or used already.</exception>
    public LocalClusterBuilder AddSilo(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_siloNames.Contains(name))
            throw new ArgumentException($"The cluster has a silo '{name}' already.", nameof(name));
        _siloNames.Add(name);
        return this;
    }

    /// <summary>Sets up every silo, also when one is started again.</summary>
    /// <param name="configure">Takes the silo's name.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureSilo(Action<string, ISiloBuilder> configure)
    {
        _configureSilo += configure;
        return this;
    }

    /// <summary>Sets up the client.</summary>
    /// <param name="configure">Adds its services.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureClient(Action<IClientBuilder> configure)
    {
        _configureClient += configure;
        return this;
    }

    /// <summary>Adds services to every silo and to the client, each with instances of their own.</summary>
    /// <param name="configure">Adds them.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureServices(Action<IServiceCollection> configure)
    {
        _configureServices += configure;
        return this;
    }

    /// <summary>Looks for grain classes in an assembly, in addition to those that the process has loaded or its entry assembly refers to.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder AddApplicationPart(Assembly assembly)
    {
        _applicationParts.Add(assembly);
        return this;
    }

    /// <summary>Makes the cluster; it is not started.</summary>
    /// <returns>The cluster.</returns>
    /// <exception cref="InvalidOperationException">It has no silo, or two grain classes have the same type.</exception>
    public LocalCluster Build()
    {
        if (_siloNames.Count == 0)
            throw new InvalidOperationException("The cluster has no silo. Add one with AddSilo.");
        var membership = new Membership();
        var parts = new ClusterParts(
            membership,
            new ClusterDirectory(),
            new GrainClasses(GrainClasses.FindAssemblies().Union(_applicationParts)),
            new MemoryRecords(),
            Random,
            TimeProvider,
            NewServices,
            (name, services) => _configureSilo?.Invoke(name, new SiloBuilder(services, Configuration)));
        return new LocalCluster([.. _siloNames], parts, BuildClientServices);
    }

    private ServiceCollection NewServices()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions();

        // First, so that the application's own defaults give way to it.
        services.AddSingleton(TimeProvider);
        _configureServices?.Invoke(services);
        return services;
    }

    private ServiceProvider BuildClientServices(LocalCluster cluster)
    {
        var services = NewServices();

        // An instance, so that the client's services do not dispose it.
        services.AddSingleton(cluster);
        services.AddSingleton(_ => cluster.Client);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
        _configureClient?.Invoke(new ClientBuilder(services, Configuration));
        return services.BuildServiceProvider();
    }
}
