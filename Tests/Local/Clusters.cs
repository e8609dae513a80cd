using Orleans.Paxos.Tests.World;
using Orleans.Configuration;
using Orleans.Local;

namespace Orleans.Paxos.Tests.Local;

/// <summary>Clusters of silos a, b, c ... without anything of consensus.</summary>
internal static class Clusters
{
    public static async Task<LocalCluster> StartAsync(int silos = 3, Action<LocalClusterBuilder>? configure = null)
    {
        var builder = new LocalClusterBuilder();
        for (var number = 0; number < silos; number++)
            builder.AddSilo($"{(char)('a' + number)}");
        configure?.Invoke(builder);
        var cluster = builder.Build();
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>A cluster whose calls time out only when the clock is moved.</summary>
    public static Task<LocalCluster> StartAsync(ManualTime time, TimeSpan responseTimeout, int silos = 3) => StartAsync(silos, builder =>
    {
        builder.TimeProvider = time;
        builder.ConfigureSilo((_, silo) => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = responseTimeout));
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = responseTimeout));
    });

    /// <summary>
    /// Lets a silo that works do so for a while: whatever could wrongly happen beside it has had its chance. Too short a while hides a
    /// fault and never invents one.
    /// </summary>
    public static async Task WorkElsewhereAsync(this LocalCluster cluster, string silo)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        for (var call = 0; call < 200; call++)
            await cluster.ClientThrough(silo).GetGrain<ILocalWorkerGrain>("any").WhereAsync();
    }
}
