using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Comparisons;

/// <summary>Compares registers with SQLite alone and with plain grains, through grain calls within this process.</summary>
/// <param name="session">The run.</param>
/// <param name="cluster">The cluster with the registers.</param>
/// <param name="plain">The baseline.</param>
internal sealed class InProcessComparison(Session session, InProcessCluster cluster, PlainCluster plain)
{
    private const string HotReads = "read-hot";

    /// <summary>The prototype's first writes per second.</summary>
    private const double PrototypeFirstWrites = 1500;

    private readonly CountingTarget _registers = new(new RegisterTarget(cluster.Registers, "registers"));
    private readonly int _few = session.Options.Few;
    private readonly int _many = session.Options.Many;

    private OneAtATimeTarget Unbatched => field ??= new OneAtATimeTarget(_registers);

    /// <summary>Starts both clusters and compares them.</summary>
    /// <param name="session">The run.</param>
    public static async Task RunAsync(Session session)
    {
        using var clusterFolder = new TemporaryFolder();
        using var plainFolder = new TemporaryFolder();
        await using var cluster = await InProcessCluster.StartAsync(clusterFolder);
        await using var plain = await PlainCluster.StartAsync(plainFolder);
        var comparison = new InProcessComparison(session, cluster, plain);
        await session.RunRoundsAsync([.. comparison.Steps()]);
        foreach (var goal in comparison.Goals())
            session.Add(goal.Judge(session.Measurements));
        if (session.Options.Wants(ScenarioCatalog.WriteSpread))
            await comparison.CountAsync();
    }

    private IEnumerable<Step> Steps()
    {
        foreach (var clients in session.Options.Clients)
        {
            var isEssential = clients == _few || clients == _many;
            foreach (var target in new[] { plain.Sqlite, plain.Grains, _registers })
                yield return new Step(ScenarioCatalog.WriteSpread, target, clients) { IsEssential = isEssential };
            foreach (var target in new[] { plain.Grains, _registers })
                yield return new Step(ScenarioCatalog.ReadLinearizable, target, clients) { IsEssential = isEssential && clients == _many };
        }

        foreach (var target in new[] { plain.Grains, _registers })
            yield return new Step(ScenarioCatalog.ReadLinearizable, target, _many) { Label = HotReads, Registers = 1 };
        foreach (var target in new ILoadTarget[] { Unbatched, _registers })
            yield return new Step(ScenarioCatalog.WriteHot, target, _many);
        yield return new Step(ScenarioCatalog.ReadStale, _registers, _many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.Mixed, _registers, _many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.FirstWrite, _registers, _many);
        yield return new Step(ScenarioCatalog.WatchFanOut, _registers, session.Options.Watchers);
        yield return new Step(ScenarioCatalog.WatchPrefix, _registers, session.Options.Watchers);
    }

    private IEnumerable<Goal> Goals() =>
    [
        Goal.AtLeast(0.25, "Replicated writes to the floor of durability", RoundFigure.Rate(_registers, ScenarioCatalog.WriteSpread, _many), RoundFigure.Rate(plain.Sqlite, ScenarioCatalog.WriteSpread, _many)),
        Goal.AtMost(1.5, "Latency of a replicated write to a plain one", RoundFigure.P50(_registers, ScenarioCatalog.WriteSpread, _few), RoundFigure.P50(plain.Grains, ScenarioCatalog.WriteSpread, _few)),
        Goal.AtLeast(0.5, "Linearizable reads to plain calls", RoundFigure.Rate(_registers, ScenarioCatalog.ReadLinearizable, _many), RoundFigure.Rate(plain.Grains, ScenarioCatalog.ReadLinearizable, _many)),
        Goal.AtLeast(0.8, "Linearizable reads to plain calls, one register", RoundFigure.Rate(_registers, HotReads, _many), RoundFigure.Rate(plain.Grains, HotReads, _many)),
        Goal.AtLeast(5, "Writes of one register to the same without batching", RoundFigure.Rate(_registers, ScenarioCatalog.WriteHot, _many), RoundFigure.Rate(Unbatched, ScenarioCatalog.WriteHot, _many)),
        Goal.AtLeast(3, "First writes to those of the prototype", RoundFigure.Rate(_registers, ScenarioCatalog.FirstWrite, _many), RoundFigure.Given(PrototypeFirstWrites, $"{PrototypeFirstWrites:0}/s")),
        Goal.AtMost(1, "A version's way to its watchers", RoundFigure.P99(_registers, ScenarioCatalog.WatchFanOut, session.Options.Watchers), RoundFigure.Given(50, "50 ms")),
    ];

    /// <summary>Counts only once, because counts do not vary between rounds as times do.</summary>
    private async Task CountAsync()
    {
        var counts = await WriteCounts.OfAsync(_registers, cluster, () => session.MeasureAsync(new Step(ScenarioCatalog.WriteSpread, _registers, _many)));
        var writes = RoundFigure.Given(counts.Writes, $"{counts.Writes:n0} writes, {_many} clients");
        var commits = RoundFigure.Given(counts.Commits, $"{counts.Commits:n0} commits of all acceptors");
        var records = RoundFigure.Given(counts.Writes * cluster.Acceptors, $"{counts.Writes:n0} writes, {cluster.Acceptors} copies, {_many} clients");
        foreach (var goal in new[]
        {
            Goal.AtMost(0.15, "Commits to writes", commits, writes),
            Goal.AtLeast(50, "Records a commit", records, commits),
            Goal.AtMost(1, "Messages between silos a write", RoundFigure.Given(counts.Messages, $"{counts.Messages:n0} messages"), writes),
            Goal.AtMost(8_000, "Bytes allocated a write", RoundFigure.Given(counts.AllocatedBytes, $"{counts.AllocatedBytes:n0} bytes"), writes),
            Goal.AtMost(0.04, "Collector's pauses", RoundFigure.Given(counts.Paused.TotalSeconds, $"{counts.Paused.TotalSeconds:0.00} s"), RoundFigure.Given(counts.Took.TotalSeconds, $"{counts.Took.TotalSeconds:0.0} s")),
        })
            session.Add(goal.Judge(session.Measurements));
    }
}
