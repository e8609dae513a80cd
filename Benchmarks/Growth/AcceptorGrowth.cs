using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures how cost grows with the number of acceptors, all in this process and on one disk.</summary>
internal static class AcceptorGrowth
{
    private static readonly int[] Numbers = [1, 3, 5, 7];

    public static async Task RunAsync(Session session)
    {
        var curves = new Curves("acceptors", logX: false);
        foreach (var number in Numbers)
        {
            using var folder = new TemporaryFolder();
            await using var cluster = await InProcessCluster.StartAsync(folder, number);
            var target = new RegisterTarget(cluster.Registers, $"{number} acceptors");
            foreach (var scenario in new[] { ScenarioCatalog.WriteSpread, ScenarioCatalog.ReadLinearizable })
            {
                foreach (var clients in session.Options.Clients)
                {
                    var measurement = await session.MeasureAsync(new Step(scenario, target, clients));
                    session.Add(measurement);
                    curves.Add($"Acceptors, {RoundFigure.Clients(clients)}", scenario, "operations/s", number, measurement.OperationsPerSecond);
                    curves.Add($"Latency and acceptors, {RoundFigure.Clients(clients)}", $"{scenario} p50", "ms", number, measurement.Latencies.P50);
                }
            }
        }

        foreach (var series in curves.ToSeries())
            session.Add(series);
    }
}
