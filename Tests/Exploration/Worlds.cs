using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>Small worlds by name, and all their states.</summary>
internal static class Worlds
{
    private const int Walks = 3000;

    public static SmallWorld Of(string scenario, int attempts, SmallWorldRules rules, IReadOnlySet<string>? watched = null) =>
        new(WorldScenario.All.Single(known => known.Name == scenario), attempts, rules, watched);

    /// <summary>Visits every state of a world.</summary>
    /// <param name="small">The world.</param>
    /// <param name="reduce">Returns the state that stands for those with the same future.</param>
    public static HashSet<TState> Reachable<TState, TMove>(IWorld<TState, TMove> small, Func<TState, TState> reduce)
        where TState : class, IWorldState<TState>
    {
        var start = reduce(small.Start());
        var visited = new HashSet<TState> { start };
        var waiting = new Queue<TState>(visited);
        while (waiting.TryDequeue(out var world))
        {
            foreach (var after in small.StepsFrom(world).Select(step => reduce(step.After)).Where(visited.Add))
                waiting.Enqueue(after);
        }

        return visited;
    }

    /// <summary>Follows random ways through a world that is too large to visit without a reduction.</summary>
    public static void AssertEveryStateOnRandomWaysReducesToOneThatIsVisited<TState, TMove>(IWorld<TState, TMove> small)
        where TState : class, IWorldState<TState>
    {
        var visited = Reachable(small, small.Canonical);
        var random = new Random(1);
        var met = new HashSet<TState>();
        for (var walk = 0; walk < Walks; walk++)
        {
            for (var here = small.Start(); small.StepsFrom(here) is { Count: > 0 } steps;)
            {
                here = steps[random.Next(steps.Count)].After;
                var canonical = small.Canonical(here.Copy());
                Assert.Contains(canonical, visited);
                met.Add(canonical);
            }
        }

        Assert.True(met.Count > 5000, $"{met.Count} states were met");
    }

    /// <summary>Makes the moves that a text tells in a world that does not use the exploration.</summary>
    /// <param name="small">The world.</param>
    /// <param name="textOf">The text of a move in it.</param>
    /// <param name="told">The moves.</param>
    public static Breach? Follow<TState, TMove>(IWorld<TState, TMove> small, Func<TMove, string> textOf, ImmutableArray<string> told)
        where TState : class, IWorldState<TState>
    {
        var here = small.Start();
        Breach? breach = null;
        foreach (var line in told)
        {
            Assert.Null(breach);
            var step = small.StepsFrom(here).First(step => textOf(step.Move) == line);
            (here, breach) = (step.After, step.Breach);
        }

        return breach;
    }
}
