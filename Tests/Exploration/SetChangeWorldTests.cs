using Orleans.Paxos.Verification.Exploration;
using Orleans.Paxos.Verification.Exploration.Sets;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>
/// Agreement holds in every state of a change of the acceptor set that the production rules can reach, and does not with a rule that is broken on purpose.
/// The expected numbers are recorded results: a changed number means that a rule, a plan or a reduction has changed.
/// </summary>
public sealed class SetChangeWorldTests
{
    [Theory]
    [InlineData("one of three is exchanged", 166_604, 716_850, 26)]
    [InlineData("one becomes three", 7355, 26_306, 19)]
    [InlineData("three become one", 30_538, 104_347, 22)]
    [InlineData("the only one is exchanged", 1148, 2608, 16)]
    public void At_most_one_value_is_chosen_in_every_state(string change, int states, long transitions, int depth)
    {
        var small = Of(change, new SetChangeRules());
        var result = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken);
        Assert.True(result.Counterexample is null, result.Counterexample is { } found ? new SetChangeText(small).Of(found) : null);
        Assert.Equal(new ExplorationResult<SetChangeMove>(states, transitions, depth, Counterexample: null), result);
    }

    [Theory]
    [InlineData("no-sweep", 15)]
    [InlineData("majority-before-only", 17)]
    [InlineData("majority-after-only", 12)]
    [InlineData("epoch-not-sealed", 16)]
    [InlineData("listed-unsealed", 16)]
    [InlineData("wiped-early", 15)]
    [InlineData("wiped-votes", 21)]
    [InlineData("initial-round-in-joint", 3)]
    public void A_planted_fault_is_found_and_its_counterexample_can_be_followed_as_it_is_printed(string control, int moves)
    {
        var broken = SetChangeControl.Find(control)!;
        var small = new SetChangeWorld(broken.Change, broken.Rules);
        var found = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!;

        Assert.Equal(("Agreement", moves), (found.Breach.Invariant, found.Moves.Length));
        var again = new SetChangeWorld(broken.Change, broken.Rules);
        Assert.Equal(found.Breach, Worlds.Follow(again, new SetChangeText(again).Of, [.. found.Moves.Select(new SetChangeText(small).Of)]));
    }

    [Fact]
    public void Every_change_is_explored_and_every_fault_is_looked_for()
    {
        Assert.Equal(SetChange.All.Select(static change => change.Name), DataOf(nameof(At_most_one_value_is_chosen_in_every_state)));
        Assert.Equal(
            SetChangeControl.All.Select(static control => control.Name), DataOf(nameof(A_planted_fault_is_found_and_its_counterexample_can_be_followed_as_it_is_printed)));
    }

    /// <summary>
    /// A change that carries every register over leaves no majority after it with a state of before the joint epoch. And with one of three exchanged, a fast
    /// quorum of each set is all of it, so any two have acceptors in common.
    /// </summary>
    [Fact]
    public void What_a_world_this_small_does_not_show()
    {
        var since = new SetChangeRules { VotersOf = static voters => voters with { Since = 1 } };
        Assert.All(SetChange.All, change => AssertHolds(new SetChangeWorld(change, since)));
        AssertHolds(new SetChangeWorld(SetChange.Exchange, SetChangeControl.Find("initial-round-in-joint")!.Rules));
    }

    [Fact]
    public void The_reduced_states_are_those_that_all_states_reduce_to()
    {
        var small = new SetChangeWorld(SetChange.Move, new SetChangeRules());
        var all = Worlds.Reachable(small, static world => world);
        var reduced = Worlds.Reachable(small, small.Canonical);

        Assert.True(all.Count > 3 * reduced.Count);
        Assert.True(reduced.SetEquals(all.Select(world => small.Canonical(world.Copy()))));
    }

    /// <summary>All states of the larger changes are too many to visit without a reduction.</summary>
    [Fact]
    public void Every_state_on_a_random_way_reduces_to_one_that_was_visited()
    {
        var small = new SetChangeWorld(SetChange.Exchange, new SetChangeRules());
        Worlds.AssertEveryStateOnRandomWaysReducesToOneThatIsVisited(small);
    }

    [Fact]
    public void A_counterexample_reads_as_a_sequence_of_messages()
    {
        var small = new SetChangeWorld(SetChange.Exchange, SetChangeControl.Find("no-sweep")!.Rules);
        var found = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!;

        Assert.Equal(
            """
               1. writer x may prepare 1:2, writer y may prepare 3:4, the sweep may prepare 2:3
               2. a1 takes over the set of epoch 2
               3. a2 promises writer x 1:2, having accepted nothing
               4. a3 promises writer x 1:2, having accepted nothing
               5. writer x has enough promises and sends 'x' under 1:2
               6. a2 accepts 'x' under 1:2
               7. a2 takes over the set of epoch 2
               8. a1 takes over the set of epoch 3
               9. a4 takes over the set of epoch 3
              10. a1 promises writer y 3:4, having accepted nothing
              11. a3 accepts 'x' under 1:2
              12. a4 promises writer y 3:4, having accepted nothing
              13. writer y has enough promises and sends 'y' under 3:4
              14. a1 accepts 'y' under 3:4
              15. a4 accepts 'y' under 3:4
                  Agreement: 'x' and 'y' are both chosen.

            """,
            new SetChangeText(small).Of(found),
            ignoreLineEndingDifferences: true);
    }

    private static void AssertHolds(SetChangeWorld small) =>
        Assert.Null(Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample);

    private static SetChangeWorld Of(string change, SetChangeRules rules) => new(SetChange.All.Single(known => known.Name == change), rules);

    private static IEnumerable<string> DataOf(string test) => typeof(SetChangeWorldTests).GetMethod(test)!
        .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(static attribute => (string)attribute.Data[0]!);
}
