using Orleans.Paxos.Tests.Silo;
using Orleans.Paxos.Verification.Chaos.Locks;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>A short run with real silos and real runs of <c>paxos lock</c>, all of which are killed and paused.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class LockChaosTests(ITestOutputHelper output)
{
    private const int AlteredLines = 10;

    [Fact]
    public async Task Nobody_holds_a_lock_while_another_does()
    {
        Assert.SkipUnless(Uptime.IsKnown, "Holders are stopped as a whole, and tell the time, by way of /proc.");
        var options = new LockChaosOptions(Seconds: 15, Seed: 1, Holders: 5, Locks: 2, IsControl: false, Output: "");
        var result = await LockChaosRun.ExecuteAsync(options, TimeProvider.System, _ => { }, TestContext.Current.CancellationToken);
        output.WriteLine(LockChaosReport.Write(result, "this one"));

        Assert.Empty(result.Violations);
        Assert.All(Enum.GetValues<HolderFaultKind>(), kind => Assert.Contains(result.HolderFaults, fault => fault.Kind == kind));
        Assert.NotEmpty(result.SiloFaults);
        Assert.Contains(result.Histories.SelectMany(history => history.Writes), write => write.Outcome == GuardedOutcome.Written);
        Assert.All(result.Histories, history => AssertAlteredDiariesAreRefused(result, history));
    }

    /// <summary>The negative control: a line of a holder that another has followed is found wherever it is put, and so is a token that falls.</summary>
    private static void AssertAlteredDiariesAreRefused(LockChaosResult result, LockHistory history)
    {
        var rules = new LockRules([], result.Options.TimeToLive);
        var random = new Random(1);
        var begins = Enumerable.Range(0, history.Diary.Length).Where(index => history.Diary[index].Mark == DiaryMark.Begin).ToArray();
        Assert.True(begins.Length > 1, $"Lock {history.Lock} was acquired {begins.Length} times.");
        for (var count = 0; count < AlteredLines; count++)
        {
            var follower = begins[random.Next(1, begins.Length)];
            var last = history.Diary[follower - 1];
            var late = history.Diary.Insert(follower + 1, last with { Mark = DiaryMark.Tick, At = history.Diary[follower].At });
            Assert.NotEmpty(rules.Violations(history with { Diary = late }).Except(rules.Violations(history)));
            var fallen = history.Diary.SetItem(follower, history.Diary[follower] with { Token = 0 });
            Assert.NotEmpty(rules.Violations(history with { Diary = fallen }).Except(rules.Violations(history)));
        }
    }
}
