using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Settings;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Comparisons;

/// <summary>Compares the registers of a silo process with etcd. Both are called over HTTP with the same client code.</summary>
internal static class HttpComparison
{
    private const double Wanted = 2;

    private static ImmutableArray<string> Scenarios { get; } = [ScenarioCatalog.WriteSpread, ScenarioCatalog.ReadLinearizable, ScenarioCatalog.WriteHot];

    /// <summary>Starts both systems and compares them.</summary>
    /// <param name="session">The run.</param>
    public static async Task RunAsync(Session session)
    {
        if (!Scenarios.Any(session.Options.Wants))
            return;
        await using var cluster = await ProcessCluster.StartOneAsync();
        using var registers = new RegisterHttpTarget(cluster.Urls);
        await using var etcd = await EtcdYardstick.StartAsync(session);
        ILoadTarget[] targets = etcd is null ? [registers] : [etcd.Http, registers];
        await session.RunRoundsAsync([.. Steps(session.Options, targets)]);
        foreach (var goal in etcd is null ? [] : Goals(registers, etcd.Http, session.Options.Many))
            session.Add(goal.Judge(session.Measurements));
    }

    private static IEnumerable<Step> Steps(BenchOptions options, ILoadTarget[] targets) =>
        from scenario in Scenarios
        from clients in scenario == ScenarioCatalog.WriteHot ? [options.Many] : options.Clients
        from target in targets
        select new Step(scenario, target, clients) { IsEssential = clients == options.Many };

    private static IEnumerable<Goal> Goals(ILoadTarget registers, ILoadTarget etcd, int clients) => Scenarios.Select(scenario => Goal.AtLeast(
        Wanted, $"{scenario} to etcd's, HTTP", RoundFigure.Rate(registers, scenario, clients), RoundFigure.Rate(etcd, scenario, clients)));
}
