using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>Small worlds by name, and all their states.</summary>
internal static class Worlds
{
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
}
