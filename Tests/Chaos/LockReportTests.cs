using Orleans.Paxos.Verification.Chaos.Locks;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>The verdict and the report of a run with locks.</summary>
public sealed class LockReportTests
{
    private static readonly LockChaosResult Good = Run("begin 1 10 a", "tick 1 11 a", "begin 4 14.5 b", "tick 1 15.1 a", "end 4 16 b", "begin 5 20 c", "end 5 21 c");

    [Theory]
    [InlineData("acquisitions", "4")]
    [InlineData("highest tokens", "5")]
    [InlineData("holders killed", "1")]
    [InlineData("holders paused", "0 for less than their time-to-live, 1 for more")]
    [InlineData("exit codes of paxos lock", "0: 1, 3: 1")]
    [InlineData("longest from a death to the next holder", "0.50 s, of 1")]
    [InlineData("lines of a first moment after a pause", "1, the last one after 100 ms")]
    [InlineData("writes under fences", "1 written, 1 refused by the fence, 0 unknown")]
    [InlineData("paxos lock found nobody", "1 times, exit code 3: No silo answers.")]
    public void Every_number_is_there(string name, string value)
    {
        Assert.Empty(Good.Violations);
        var report = LockChaosReport.Write(Good, "abc1234");
        Assert.StartsWith("Locks: exclusive", report);
        Assert.Equal(value, report.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim());
    }

    [Fact]
    public void A_lock_that_nobody_acquires_any_more_is_a_violation()
    {
        var silent = Good with { CalmFrom = TimeSpan.FromSeconds(22) };
        Assert.Equal(["lock l: nobody acquired it after the last fault"], silent.Violations);
        Assert.StartsWith("Locks: BROKEN, violations: 1", LockChaosReport.Write(silent, ""));
        Assert.Empty((silent with { IsInterrupted = true }).Violations);
    }

    [Fact]
    public void An_end_of_paxos_lock_that_no_fault_explains_is_a_violation() =>
        Assert.Equal(["holder c: paxos lock ended with 70: Oh."], (Good with { Exits = [new HolderExit("c", 70, "Oh.")] }).Violations);

    /// <summary>A run in which the holder d died at 9.5 s and a stood still from 11.1 to 15 s.</summary>
    private static LockChaosResult Run(params string[] diary) => new(
        new LockChaosOptions(Seconds: 20, Seed: 1, Holders: 3, Locks: 1, IsControl: false, Output: ""),
        [new LockHistory("l", [DiaryLine.Parse("begin 0 9 d"), .. diary.Select(DiaryLine.Parse)], [new GuardedWrite(4, GuardedOutcome.Written, 1), new GuardedWrite(1, GuardedOutcome.Fenced, 0)], [])],
        [Fault(HolderFaultKind.Kill, "d", 9.5, 9.5), Fault(HolderFaultKind.LongPause, "a", 11.1, 15)],
        [],
        [new HolderExit("b", 0, ""), new HolderExit("e", 3, "No silo answers.")],
        TimeSpan.FromSeconds(18),
        IsInterrupted: false);

    private static HolderFault Fault(HolderFaultKind kind, string holder, double from, double until) =>
        new(kind, holder, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(until));
}
