using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Orleans.Local;

/// <summary>Puts a cluster together whose silos all run in this process.</summary>
public sealed class LocalClusterBuilder
{
    /// <summary>The clock of the cluster; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Chooses silos where the choice is by chance.</summary>
    public Random Random { get; set; } = new();

    /// <summary>The settings that silo and client builders see; empty by default.</summary>
    public IConfiguration Configuration { get; set; } = new ConfigurationBuilder().Build();

    /// <summary>Adds a silo.</summary>
    /// <param name="name">Its name, used once.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder AddSilo(string name) => throw new NotSupportedException();

    /// <summary>Sets up every silo, also when one is started again.</summary>
    /// <param name="configure">Takes the silo's name.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureSilo(Action<string, ISiloBuilder> configure) => throw new NotSupportedException();

    /// <summary>Sets up the client.</summary>
    /// <param name="configure">Adds its services.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureClient(Action<IClientBuilder> configure) => throw new NotSupportedException();

    /// <summary>Adds services to every silo and to the client, each with instances of their own.</summary>
    /// <param name="configure">Adds them.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder ConfigureServices(Action<IServiceCollection> configure) => throw new NotSupportedException();

    /// <summary>Looks for grain classes in an assembly, in addition to those that the process has loaded or its entry assembly refers to.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>This builder.</returns>
    public LocalClusterBuilder AddApplicationPart(Assembly assembly) => throw new NotSupportedException();

    /// <summary>Makes the cluster; it is not started.</summary>
    /// <returns>The cluster.</returns>
    /// <exception cref="InvalidOperationException">It has no silo.</exception>
    public LocalCluster Build() => throw new NotSupportedException();
}
