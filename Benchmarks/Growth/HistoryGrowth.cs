using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures how the cost of a write grows with the length of a full history.</summary>
internal static class HistoryGrowth
{
    private const int Registers = 500;
    private const int Full = 16;
    private const string What = "history";
    private static readonly int[] Lengths = [1, 2, 4, 8, Full, 32, 64];

    public static async Task RunAsync(Session session)
    {
        var curves = new Curves("entries of history", logX: true);
        foreach (var length in Lengths)
        {
            using var folder = new TemporaryFolder();
            await using var cluster = await InProcessCluster.StartAsync(folder, historyEntries: length);
            var target = new RegisterTarget(cluster.Registers, $"history of {length}");
            var writes = ScenarioCatalog.Create(ScenarioCatalog.WriteSpread, new ScenarioOptions { Registers = Registers });
            for (var version = 0; version <= Lengths[^1]; version++)
                await session.WriteAllAsync(writes, target); // the same number of writes for each length, so that only the length differs
            var counted = await CountedWrites.MeasureAsync(session, cluster, writes, target, session.Options.Many);
            counted.AddTo(curves, What, length);
        }

        foreach (var series in curves.ToSeries())
            session.Add(series);
        var name = $"Cost of a history of {Full} entries";
        var rate = (Plot: $"Writes and {What}", Line: ScenarioCatalog.WriteSpread);
        session.Add(Goal.AtMost(1.25, $"{name}, time", At(1), At(Full)).Judge(session.Measurements));

        RoundFigure At(int length) => RoundFigure.Given(curves.ValueAt(rate.Plot, rate.Line, length), $"write-spread operations/s, history of {length}");
    }
}
