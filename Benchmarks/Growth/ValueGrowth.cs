using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures how cost grows with the size of values.</summary>
internal static class ValueGrowth
{
    /// <summary>The number of registers: small, so that large values fit on a disk, but not much smaller than the number of clients.</summary>
    private const int Registers = 256;

    private const int MostClients = 64;
    private const int PrepareClients = 16;
    private static readonly int[] Sizes = [100, 1024, 4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    public static async Task RunAsync(Session session)
    {
        using var folder = new TemporaryFolder();
        await using var cluster = await InProcessCluster.StartAsync(folder);
        var curves = new Curves("bytes of a value", logX: true);
        foreach (var size in Sizes)
        {
            var target = new RegisterTarget(cluster.Registers, $"values of {size:n0} B");
            var options = new ScenarioOptions { Prefix = $"v{size}/", ValueBytes = size, Registers = Registers, PrepareClients = PrepareClients };
            var writes = ScenarioCatalog.Create(ScenarioCatalog.WriteSpread, options);
            var clients = Math.Min(session.Options.Many, MostClients);
            await session.WriteAllAsync(writes, target);
            var counted = await CountedWrites.MeasureAsync(session, cluster, writes, target, clients);
            counted.AddTo(curves, "size of values", size);
            var reads = await session.MeasureAsync(ScenarioCatalog.Create(ScenarioCatalog.ReadLinearizable, options), target, session.Options.PlanFor(clients));
            session.Add(reads);
            curves.Add("Writes and size of values", ScenarioCatalog.ReadLinearizable, "operations/s", size, reads.OperationsPerSecond);
        }

        foreach (var series in curves.ToSeries())
            session.Add(series);
    }
}
