using System.Diagnostics;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation;
using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Tests.Simulation;

[Collection(nameof(SimulationTests))]
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int FixedSeeds = 200;
    private const int FreshSeeds = 100;

    [Fact]
    public void Fixed_seeds_find_nothing_and_meet_every_fault_and_every_answer()
    {
        var answers = new HashSet<(OperationKind, Answer)>();
        var totals = Execute(new SeedRange(1, FixedSeeds), result =>
        {
            lock (answers)
                answers.UnionWith(result.Operations.Select(operation => (operation.Kind, operation.Answer)));
        });
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(totals.Faults[kind] > FixedSeeds / 100, $"{kind} struck only {totals.Faults[kind]} times."));
        Assert.True(totals.SplitInitialRounds > FixedSeeds / 100, $"Rivals split an initial round only {totals.SplitInitialRounds} times.");
        Assert.True(totals.OverflowedWindows > FixedSeeds / 100, $"A window overflowed only {totals.OverflowedWindows} times.");
        Assert.True(totals.FencedWrites > FixedSeeds && totals.Additions > FixedSeeds, $"Only {totals.FencedWrites} writes behind fences and {totals.Additions} additions were chosen.");
        Assert.Superset(Expected().ToHashSet(), answers);
    }

    [Fact]
    public void Fresh_seeds_find_nothing()
    {
        var first = TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond;
        Execute(new SeedRange(first, first + FreshSeeds - 1), _ => { });
    }

    private static IEnumerable<(OperationKind Kind, Answer Answer)> Expected()
    {
        foreach (var change in (OperationKind[])[OperationKind.Set, OperationKind.CompareAndSet, OperationKind.Decide, OperationKind.Delete, OperationKind.Add])
        {
            yield return (change, Answer.Applied);
            yield return (change, Answer.Unknown);
            yield return (change, Answer.Unavailable);
            yield return (change, Answer.Fenced);
        }

        yield return (OperationKind.CompareAndSet, Answer.VersionMismatch);
        yield return (OperationKind.Delete, Answer.VersionMismatch);
        yield return (OperationKind.Add, Answer.NotACounter);
        yield return (OperationKind.Delete, Answer.NotFound);
        yield return (OperationKind.Decide, Answer.AlreadyDecided);
        foreach (var read in (OperationKind[])[OperationKind.Read, OperationKind.StaleRead, OperationKind.History, OperationKind.Watch])
            yield return (read, Answer.Seen);
    }

    private CampaignTotals Execute(SeedRange range, Action<RunResult> seen)
    {
        var watch = Stopwatch.StartNew();
        var campaign = new Campaign(
            range.Seeds(),
            seed =>
            {
                var result = SimulationRun.Execute(seed);
                seen(result);
                return result;
            },
            Environment.ProcessorCount);
        campaign.Execute(_ => { }, TestContext.Current.CancellationToken);
        output.WriteLine(SimulationReport.Summary(campaign.Totals, watch.Elapsed, campaign.Failure is not null, "under test"));
        if (campaign.Failure is { } failure)
            Assert.Fail(SimulationReport.Failure(SimulationRun.Execute(failure.Seed, trace: true), "under test", control: null));
        Assert.Equal(range.Last - range.First + 1, campaign.Totals.Seeds);
        return campaign.Totals;
    }
}
