using Orleans.Paxos.Verification.Exploration;
using Orleans.Paxos.Verification.Exploration.Controls;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>The exploration detects each rule that is broken on purpose, with a shortest counterexample.</summary>
public sealed class BrokenRulesTests
{
    private static readonly HashSet<string> WhatClientsSuffer = ["Agreement", "I5", "I6"];

    [Theory]
    [InlineData("small-quorum", "Agreement", 8)]
    [InlineData("reply-before-persist", "Agreement", 11)]
    [InlineData("promise-not-persisted", "Agreement", 12)]
    [InlineData("accepted-state-ignored", "Agreement", 10)]
    [InlineData("initial-round-by-majority", "Agreement", 11)]
    [InlineData("ballots-reused", "I1", 3)]
    [InlineData("fast-forward-assigns", "I1", 2)]
    public void It_is_found_out_and_its_counterexample_can_be_followed_as_it_is_printed(string control, string invariant, int moves)
    {
        var broken = ExplorationControl.Find(control)!;
        var small = Explored(broken);
        var found = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!;

        Assert.Equal((invariant, moves), (found.Breach.Invariant, found.Moves.Length));
        var again = Explored(broken);
        Assert.Equal(found.Breach, Worlds.Follow(again, new CounterexampleText(again).Of, [.. found.Moves.Select(new CounterexampleText(small).Of)]));
    }

    [Theory]
    [InlineData("forgotten-by-some", "a register is forgotten, and a refused request comes again", 1, "Agreement", 13)]
    [InlineData("versions-begin-again", "a register is forgotten, and a refused request comes again", 1, "Agreement", 15)]
    [InlineData("versions-begin-again", "a register is forgotten, and written by one who never saw it", 1, "I6", 13)]
    [InlineData("round-forgotten", "a register is forgotten, and a refused request comes again", 1, "Agreement", 11)]
    [InlineData("initial-round-after-forgetting", "a register is forgotten, and written by one who never saw it", 2, "Agreement", 18)]
    public void A_broken_way_to_forget_is_found_out(string control, string scenario, int attempts, string invariant, int moves)
    {
        var broken = ExplorationControl.Find(control)!;
        var small = Worlds.Of(scenario, attempts, broken.Rules, broken.Watched);
        var found = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!;

        Assert.Equal((invariant, moves), (found.Breach.Invariant, found.Moves.Length));
    }

    [Theory]
    [InlineData("small-quorum", "Agreement")]
    [InlineData("accepted-state-ignored", "I4")]
    [InlineData("promise-not-persisted", "I3")]
    [InlineData("reply-before-persist", "I3")]
    public void When_everything_is_watched_for_the_invariant_that_it_is_about_is_broken_first(string control, string invariant)
    {
        var small = Worlds.Of("two decide", attempts: 2, ExplorationControl.Find(control)!.Rules);

        Assert.Equal(invariant, Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!.Breach.Invariant);
    }

    /// <summary>
    /// An acceptor promises a ballot once, so of two uses of one ballot at most one gets a majority. Single use of ballots makes
    /// this safe for prepared rounds that are handed on, and lets the ballot of a reply identify whose it is.
    /// </summary>
    [Theory]
    [InlineData("ballots-reused", 1)]
    [InlineData("fast-forward-assigns", 2)]
    public void That_ballots_come_twice_breaks_nothing_but_I1_in_a_world_this_small(string control, int attempts)
    {
        var small = Worlds.Of("two decide", attempts, ExplorationControl.Find(control)!.Rules, WhatClientsSuffer);

        Assert.Null(Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample);
    }

    [Fact]
    public void A_counterexample_reads_as_a_sequence_of_messages()
    {
        var small = Explored(ExplorationControl.Find("small-quorum")!);
        var found = Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken).Counterexample!;

        Assert.Equal(
            """
               1. p1 asks all acceptors to promise 2.p1
               2. a1 promises 2.p1, having accepted nothing
               3. p1 has a quorum of promises and sends 'a' under 2.p1, next 3.p1
               4. a2 accepts 'a' under 2.p1, next 3.p1
               5. p2 asks all acceptors to promise 2.p2
               6. a3 promises 2.p2, having accepted nothing
               7. p2 has a quorum of promises and sends 'b' under 2.p2, next 3.p2
               8. a1 accepts 'b' under 2.p2, next 3.p2
                  Agreement: 'a' and 'b' are both chosen, and neither goes on from the other.

            """,
            new CounterexampleText(small).Of(found),
            ignoreLineEndingDifferences: true);
    }

    /// <summary>A reduction that the rules do not allow shows when the way to a breach is searched again without it.</summary>
    [Fact]
    public void Rules_that_a_reduction_does_not_know_are_refused()
    {
        var small = Worlds.Of("a register is forgotten, and a refused request comes again", attempts: 1, new UndeclaredRules(), WhatClientsSuffer);

        var refused = Assert.Throws<InvalidOperationException>(() => Explorer.Explore(small, cancelled: TestContext.Current.CancellationToken));
        Assert.Contains("different futures", refused.Message, StringComparison.Ordinal);
    }

    private static SmallWorld Explored(ExplorationControl broken) => Worlds.Of("two decide", attempts: 2, broken.Rules, broken.Watched);

    /// <summary>What was refused for ever is accepted again, and the rules do not say so.</summary>
    private sealed class UndeclaredRules : RoundForgottenRules
    {
        public override bool PromisesOutlive(Ballot refused) => true;
    }
}
