using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>
/// Agreement, I1 and I3 to I6 hold in every state that the production rules can reach. The expected numbers are recorded
/// results: a changed number means that a rule, a scenario or a reduction has changed.
/// </summary>
public sealed class WholeSpaceTests
{
    [Theory]
    [InlineData("two decide", 2, 228_559, 1_197_519, 24)]
    [InlineData("two write, then one compares", 2, 295_665, 1_526_043, 27)]
    [InlineData("one request is sent to both", 2, 306_629, 1_613_439, 28)]
    [InlineData("one swap is sent to both, and then each goes on", 2, 295_667, 1_536_790, 29)]
    [InlineData("a refused request comes again after a deletion", 2, 354_065, 1_773_593, 28)]
    [InlineData("a register is forgotten, and a refused request comes again", 1, 2698, 9608, 18)]
    [InlineData("a register is forgotten, and written by one who never saw it", 1, 2100, 7268, 20)]
    [InlineData("a register is ended by both, and written anew", 1, 3285, 11_772, 20)]
    public void Every_invariant_holds_in_every_state(string scenario, int attempts, int states, long transitions, int depth) => Check(
        new ExplorationResult<Move>(states, transitions, depth, Counterexample: null),
        Worlds.Of(scenario, attempts, new SmallWorldRules()));

    [Theory]
    [InlineData("two decide", 8663, 36_627, 28)]
    [InlineData("two write, then one compares", 8817, 37_444, 29)]
    [InlineData("one request is sent to both", 8352, 35_802, 28)]
    [InlineData("one swap is sent to both, and then each goes on", 8352, 35_802, 28)]
    [InlineData("a refused request comes again after a deletion", 8663, 36_627, 28)]
    public void Every_invariant_holds_when_acceptors_crash_between_step_persist_and_release(string scenario, int states, long transitions, int depth) => Check(
        new ExplorationResult<Move>(states, transitions, depth, Counterexample: null),
        Worlds.Of(scenario, attempts: 1, new StepByStepRules()));

    [Fact]
    public void Every_scenario_is_explored()
    {
        var method = typeof(WholeSpaceTests).GetMethod(nameof(Every_invariant_holds_in_every_state))!;
        var explored = method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>();
        Assert.Equal(WorldScenario.All.Select(scenario => scenario.Name), explored.Select(attribute => (string)attribute.Data[0]!));
    }

    private static void Check(ExplorationResult<Move> expected, SmallWorld small)
    {
        var result = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken);
        Assert.True(result.Counterexample is null, result.Counterexample is { } found ? new CounterexampleText(small).Of(found) : null);
        Assert.Equal(expected, result);
    }
}
