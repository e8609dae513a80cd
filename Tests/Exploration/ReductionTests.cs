using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>Worlds that are treated as equal have the same future: an exploration without any reduction reaches the same worlds and no others.</summary>
public sealed class ReductionTests
{
    public static TheoryData<string> Scenarios => [.. WorldScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void With_one_attempt_the_reduced_worlds_are_those_that_all_worlds_reduce_to(string scenario)
    {
        var small = Worlds.Of(scenario, attempts: 1, new SmallWorldRules());
        var all = Worlds.Reachable(small, world => world);
        var reduced = Worlds.Reachable(small, small.Canonical);

        Assert.True(all.Count > 3 * reduced.Count);
        Assert.True(reduced.SetEquals(all.Select(world => small.Canonical(world.Copy()))));
    }

    /// <summary>With two attempts, all worlds are too many to visit without a reduction, and one scenario stands for the others.</summary>
    [Fact]
    public void With_two_attempts_every_world_on_a_random_way_reduces_to_one_that_was_visited()
    {
        var small = Worlds.Of("two decide", attempts: 2, new SmallWorldRules());
        Worlds.AssertEveryStateOnRandomWaysReducesToOneThatIsVisited(small);
    }
}
