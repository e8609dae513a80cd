using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>A cluster on real Orleans.</summary>
internal sealed class OrleansClusterHarness : IClusterHarness
{
    private readonly InProcessTestCluster _cluster;

    private OrleansClusterHarness(InProcessTestCluster cluster, int silos)
    {
        _cluster = cluster;
        Silos = [.. Enumerable.Range(0, silos).Select(number => $"Silo_{number}")];
    }

    public IReadOnlyList<string> Silos { get; }

    public static async Task<IClusterHarness> StartAsync(int silos, Action<string, ISiloBuilder> configure)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ServiceId = "tests"; // keys in storage start with it: a cluster finds what another has stored
        builder.Options.UseDistributedGrainDirectory = true;
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddLogging(logging => logging.ClearProviders());
            configure(options.SiloName, silo);
        });
        var harness = new OrleansClusterHarness(builder.Build(), silos);
        await harness._cluster.DeployAsync();
        return harness;
    }

    public IGrainFactory GrainsOf(string silo) =>
        _cluster.Silos.Single(handle => handle.Name == silo).ServiceProvider.GetRequiredService<IGrainFactory>();

    public Task KillAsync(string silo) => _cluster.KillSiloAsync(_cluster.Silos.Single(handle => handle.Name == silo));

    public Task StartAsync(string silo) =>
        _cluster.StartSiloAsync(int.Parse(silo["Silo_".Length..]), _cluster.Options);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
