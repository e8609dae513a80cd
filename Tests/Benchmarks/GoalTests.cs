using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Tests.Benchmarks;

public sealed class GoalTests
{
    private static readonly RoundFigure Fast = new("fast", round => round.FirstOrDefault(one => one.Target == "fast")?.OperationsPerSecond);
    private static readonly RoundFigure Slow = new("slow", round => round.FirstOrDefault(one => one.Target == "slow")?.OperationsPerSecond);

    [Fact]
    public void A_ratio_is_taken_within_each_round_and_judged_by_its_median()
    {
        var ratio = Goal.AtLeast(3, "goal", Fast, Slow).Judge([Of("fast", 1, 400), Of("slow", 1, 100), Of("slow", 2, 10), Of("fast", 2, 20), Of("fast", 3, 3), Of("slow", 3, 1)])!;
        Assert.Equal([4, 2, 3], ratio.Rounds);
        Assert.Equal((3.0, 2.0, 4.0, (bool?)true, "at least 3"), (ratio.Value, ratio.Lowest, ratio.Highest, ratio.Reached, ratio.Goal));
    }

    [Theory]
    [InlineData(1.5, true)]
    [InlineData(1.49, false)]
    public void A_goal_may_be_a_limit(double most, bool reached) =>
        Assert.Equal(reached, Goal.AtMost(most, "goal", RoundFigure.Given(3, "3"), RoundFigure.Given(2, "2")).Judge([Of("fast", 1, 1)])!.Reached);

    [Fact]
    public void What_was_not_measured_in_any_round_is_no_ratio() => Assert.Null(Goal.AtLeast(3, "goal", Fast, Slow).Judge([Of("fast", 1, 400), Of("slow", 2, 100)]));

    private static Measurement Of(string target, int round, long operations) => new()
    {
        Target = target,
        Round = round,
        Operations = operations,
        ElapsedSeconds = 1,
        Scenario = "any",
        Clients = 1,
        ValueBytes = 1,
        Latencies = new Latencies(0, 0, 0, 0, 0),
    };
}
