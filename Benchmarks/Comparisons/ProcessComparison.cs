using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Settings;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Comparisons;

/// <summary>Compares silo processes with one acceptor each, over TCP through the client library and over HTTP, with etcd.</summary>
internal static class ProcessComparison
{
    private const string HotReads = "read-hot";

    /// <summary>The prototype's operations per second on two cores. They mean little on another machine.</summary>
    private static readonly (string Scenario, int Clients, double Rate)[] Prototype =
    [
        (ScenarioCatalog.WriteSpread, 1, 700),
        (ScenarioCatalog.WriteSpread, 64, 7_600),
        (ScenarioCatalog.WriteSpread, 256, 14_800),
        (ScenarioCatalog.WriteSpread, 1024, 20_600),
        (ScenarioCatalog.WriteHot, 256, 65_900),
        (ScenarioCatalog.ReadLinearizable, 256, 33_600),
        (ScenarioCatalog.ReadLinearizable, 1, 1_730),
        (HotReads, 256, 113_000),
    ];

    /// <summary>Starts both systems and compares them.</summary>
    /// <param name="session">The run.</param>
    /// <param name="processes">The number of silos.</param>
    public static async Task RunAsync(Session session, int processes)
    {
        await using var cluster = await ProcessCluster.StartSeveralAsync(processes);
        var registers = new RegisterTarget(await cluster.ConnectAsync(), "registers");
        using var http = new RegisterHttpTarget(cluster.Urls);
        await using var etcd = await EtcdYardstick.StartAsync(session);
        await session.RunRoundsAsync([.. Steps(session.Options, registers, http, etcd?.Target)]);
        var goals = FromPrototype(registers).Concat(etcd is null ? [] : FromEtcd(session.Options, registers, http, etcd.Target));
        foreach (var goal in goals)
            session.Add(goal.Judge(session.Measurements));
    }

    private static IEnumerable<Step> Steps(BenchOptions options, ILoadTarget registers, ILoadTarget http, ILoadTarget? etcd)
    {
        ILoadTarget[] targets = etcd is null ? [http, registers] : [etcd, http, registers];
        foreach (var scenario in new[] { ScenarioCatalog.WriteSpread, ScenarioCatalog.ReadLinearizable })
        {
            foreach (var clients in options.Clients)
            {
                foreach (var target in targets)
                    yield return new Step(scenario, target, clients) { IsEssential = clients == options.Few || clients == options.Many };
            }
        }

        foreach (var target in targets)
            yield return new Step(ScenarioCatalog.WriteHot, target, options.Many);
        yield return new Step(ScenarioCatalog.ReadLinearizable, registers, options.Many) { Label = HotReads, Registers = 1 };
        yield return new Step(ScenarioCatalog.FirstWrite, registers, options.Many);
        yield return new Step(ScenarioCatalog.Mixed, registers, options.Many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.ReadStale, registers, options.Many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.WatchFanOut, registers, options.Watchers);
    }

    private static IEnumerable<Goal> FromPrototype(ILoadTarget registers) => Prototype.Select(known => Goal.AtLeast(
        1, $"{known.Scenario} to the prototype's", RoundFigure.Rate(registers, known.Scenario, known.Clients), RoundFigure.Given(known.Rate, $"{known.Rate:n0}/s on the prototype's machine")));

    private static IEnumerable<Goal> FromEtcd(BenchOptions options, ILoadTarget registers, ILoadTarget http, ILoadTarget etcd)
    {
        var (few, many) = (options.Few, options.Many);
        foreach (var (name, scenario, throughLibrary) in new[] { ("Writes", ScenarioCatalog.WriteSpread, 3.0), ("Linearizable reads", ScenarioCatalog.ReadLinearizable, 6), ("Writes of one register", ScenarioCatalog.WriteHot, 10) })
        {
            yield return Goal.AtLeast(throughLibrary, $"{name} to etcd's", RoundFigure.Rate(registers, scenario, many), RoundFigure.Rate(etcd, scenario, many));
            yield return Goal.AtLeast(3, $"{name} to etcd's, HTTP", RoundFigure.Rate(http, scenario, many), RoundFigure.Rate(etcd, scenario, many));
        }

        foreach (var scenario in new[] { ScenarioCatalog.WriteSpread, ScenarioCatalog.ReadLinearizable })
            yield return Goal.AtMost(1, $"Latency to etcd's, {scenario}", RoundFigure.P50(registers, scenario, few), RoundFigure.P50(etcd, scenario, few));
    }
}
