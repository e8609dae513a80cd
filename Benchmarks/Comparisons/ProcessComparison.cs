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

    /// <summary>Starts both systems and compares them.</summary>
    /// <param name="session">The run.</param>
    /// <param name="processes">The number of silos.</param>
    public static async Task RunAsync(Session session, int processes)
    {
        await using var cluster = await ProcessCluster.StartSeveralAsync(processes);
        var registers = new RegisterTarget(await cluster.ConnectAsync(), "registers");
        using var http = new RegisterHttpTarget(cluster.Urls);
        await using var etcd = await EtcdYardstick.StartAsync(session);
        var steps = Steps(session.Options, registers, http, etcd).Select(step => step with
        {
            ProcessorTime = step.Target == registers || step.Target == http ? () => cluster.ProcessorTime : () => etcd!.ProcessorTime,
        });
        await session.RunRoundsAsync([.. steps]);
        foreach (var goal in etcd is null ? [] : Goals(session.Options, registers, http, etcd))
            session.Add(goal.Judge(session.Measurements));
    }

    private static IEnumerable<Step> Steps(BenchOptions options, ILoadTarget registers, ILoadTarget http, EtcdYardstick? etcd)
    {
        ILoadTarget[] targets = etcd is null ? [http, registers] : [etcd.Native, etcd.Http, http, registers];
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
        foreach (var target in etcd is null ? [registers] : new[] { etcd.Native, registers })
            yield return new Step(ScenarioCatalog.FirstWrite, target, options.Many);
        yield return new Step(ScenarioCatalog.Mixed, registers, options.Many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.ReadStale, registers, options.Many) { IsEssential = false };
        yield return new Step(ScenarioCatalog.WatchFanOut, registers, options.Watchers);
        yield return new Step(ScenarioCatalog.WatchPrefix, registers, options.Watchers);
    }

    private static IEnumerable<Goal> Goals(BenchOptions options, ILoadTarget registers, ILoadTarget http, EtcdYardstick etcd)
    {
        var (few, many) = (options.Few, options.Many);
        foreach (var (name, scenario, native) in new[] { ("Writes", ScenarioCatalog.WriteSpread, 1.5), ("Linearizable reads", ScenarioCatalog.ReadLinearizable, 4), ("Writes of one register", ScenarioCatalog.WriteHot, 6) })
        {
            yield return Goal.AtLeast(native, $"{name} to etcd's", RoundFigure.Rate(registers, scenario, many), RoundFigure.Rate(etcd.Native, scenario, many));
            yield return Goal.AtLeast(2, $"{name} to etcd's, HTTP", RoundFigure.Rate(http, scenario, many), RoundFigure.Rate(etcd.Http, scenario, many));
        }

        yield return Goal.AtLeast(1, "First writes to etcd's", RoundFigure.Rate(registers, ScenarioCatalog.FirstWrite, many), RoundFigure.Rate(etcd.Native, ScenarioCatalog.FirstWrite, many));
        foreach (var (scenario, most) in new[] { (ScenarioCatalog.WriteSpread, 1.0), (ScenarioCatalog.ReadLinearizable, 0.8) })
            yield return Goal.AtMost(most, $"Latency to etcd's, {scenario}", RoundFigure.P50(registers, scenario, few), RoundFigure.P50(etcd.Native, scenario, few));
    }
}
