using Orleans.Paxos.Verification.Exploration;
using Orleans.Paxos.Verification.Exploration.Controls;
using Orleans.Paxos.Verification.Exploration.Sets;
using Orleans.Paxos.Verification.Simulation.Controls;

namespace Orleans.Paxos.Tests.Exploration;

public sealed class ExploreCommandTests
{
    [Theory]
    [InlineData("--attempts takes a number from 1 to 3, not '0'", "--attempts", "0")]
    [InlineData("--attempts takes a number from 1 to 3, not 'two'", "--attempts", "two")]
    [InlineData("--control takes small-quorum, ", "--control", "nonsense")]
    [InlineData("not 'nonsense'", "--control", "nonsense")]
    [InlineData("exclude each other", "--steps", "--control", "small-quorum")]
    [InlineData("--control takes no-sweep, ", "--set-change", "--control", "small-quorum")]
    [InlineData("--set-change has no --steps and no --attempts", "--set-change", "--steps")]
    [InlineData("--set-change has no --steps and no --attempts", "--set-change", "--attempts", "1")]
    public void A_wrong_option_is_named(string expected, params string[] arguments) =>
        Assert.Contains(ExploreCommand.Create().Parse(arguments).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));

    /// <summary>The simulation replaces parts around an acceptor, and not the rule by which it refuses the initial round.</summary>
    [Fact]
    public void Every_control_has_the_name_that_it_has_in_the_simulation_but_for_the_one_that_is_not_there() => Assert.Equal(
        ["initial-round-after-forgetting"],
        ExplorationControl.All.Select(control => control.Name).Where(name => NegativeControl.Find(name) is null));

    [Fact]
    public void A_control_of_set_changes_has_the_name_that_it_has_in_the_simulation_if_it_is_there() => Assert.Equal(
        ["no-sweep", "epoch-not-sealed"],
        SetChangeControl.All.Select(control => control.Name).Where(name => NegativeControl.Find(name) is not null));

    [Theory]
    [InlineData("--set-change")]
    [InlineData("--set-change", "--control", "no-sweep")]
    public void A_right_option_is_taken(params string[] arguments) => Assert.Empty(ExploreCommand.Create().Parse(arguments).Errors);
}
