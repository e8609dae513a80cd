using Orleans.Paxos.Verification;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>
/// Agreement, I1 and I3 to I6 hold in every state that the production rules can reach. The numbers are what they are: one that
/// changes says that a rule, a scenario or a reduction has changed.
/// </summary>
public sealed class WholeSpaceTests
{
    [Theory]
    [InlineData("two decide", 121_398, 638_737, 24)]
    [InlineData("two write, then one compares", 164_404, 852_886, 27)]
    [InlineData("one request is sent to both", 180_583, 946_224, 28)]
    [InlineData("one swap is sent to both, and then each goes on", 171_194, 882_626, 29)]
    [InlineData("a refused request comes again after a deletion", 201_651, 1_004_252, 28)]
    public void Every_invariant_holds_in_every_state(string scenario, int states, long transitions, int depth) => Check(
        new ExplorationResult(states, transitions, depth, Counterexample: null),
        Worlds.Of(scenario, attempts: 2, new SmallWorldRules()));

    [Theory]
    [InlineData("two decide", 6690, 28_768, 28)]
    [InlineData("two write, then one compares", 6846, 29_586, 29)]
    [InlineData("one request is sent to both", 6501, 28_291, 28)]
    [InlineData("one swap is sent to both, and then each goes on", 6501, 28_291, 28)]
    [InlineData("a refused request comes again after a deletion", 6690, 28_768, 28)]
    public void Every_invariant_holds_when_acceptors_crash_between_step_persist_and_release(string scenario, int states, long transitions, int depth) => Check(
        new ExplorationResult(states, transitions, depth, Counterexample: null),
        Worlds.Of(scenario, attempts: 1, new StepByStepRules()));

    [Fact]
    public void Every_scenario_is_explored()
    {
        var method = typeof(WholeSpaceTests).GetMethod(nameof(Every_invariant_holds_in_every_state))!;
        var explored = method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>();
        Assert.Equal(Scenario.All.Select(scenario => scenario.Name), explored.Select(attribute => (string)attribute.Data[0]!));
    }

    private static void Check(ExplorationResult expected, SmallWorld small)
    {
        var result = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken);
        Assert.True(result.Counterexample is null, result.Counterexample is { } found ? new CounterexampleText(small).Of(found) : null);
        Assert.Equal(expected, result);
    }
}
