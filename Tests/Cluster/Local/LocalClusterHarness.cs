using Microsoft.Extensions.DependencyInjection;
using Orleans.Local;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>The harness of this build's runtime.</summary>
internal static class ClusterHarness
{
    public static Task<IClusterHarness> StartAsync(int silos, Action<string, ISiloBuilder> configure) =>
        LocalClusterHarness.StartAsync(silos, configure);
}

/// <summary>A cluster on the stand-in runtime.</summary>
internal sealed class LocalClusterHarness(LocalCluster cluster) : IClusterHarness
{
    public IReadOnlyList<string> Silos => cluster.SiloNames;

    public static async Task<IClusterHarness> StartAsync(int silos, Action<string, ISiloBuilder> configure)
    {
        var builder = new LocalClusterBuilder().ConfigureSilo(configure);
        for (var number = 0; number < silos; number++)
            builder.AddSilo($"Silo_{number}");
        var cluster = builder.Build();
        await cluster.StartAsync();
        return new LocalClusterHarness(cluster);
    }

    public IGrainFactory GrainsOf(string silo) => cluster.ServicesOf(silo).GetRequiredService<IGrainFactory>();

    public Task KillAsync(string silo) => cluster.KillSiloAsync(silo);

    public Task StartAsync(string silo) => cluster.StartSiloAsync(silo);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
