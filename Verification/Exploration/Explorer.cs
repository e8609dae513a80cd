namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The result of an exploration.</summary>
/// <param name="States">The number of different worlds visited.</param>
/// <param name="Transitions">The number of moves made between them.</param>
/// <param name="Depth">The number of moves from the start to the farthest world.</param>
/// <param name="Counterexample">A shortest sequence of moves to a broken invariant; null when none is broken.</param>
internal sealed record ExplorationResult<TMove>(int States, long Transitions, int Depth, Counterexample<TMove>? Counterexample);

/// <summary>Visits every reachable world in breadth-first order, so the first breach it finds has a shortest counterexample.</summary>
internal static class Explorer
{
    /// <summary>Explores a world.</summary>
    /// <param name="small">The world.</param>
    /// <param name="mostMoves">The maximum number of moves from the start.</param>
    /// <param name="cancelled">Cancels the exploration.</param>
    /// <exception cref="OperationCanceledException">The exploration was canceled.</exception>
    public static ExplorationResult<TMove> Explore<TState, TMove>(IWorld<TState, TMove> small, int mostMoves = int.MaxValue, CancellationToken cancelled = default)
        where TState : class, IWorldState<TState>
    {
        var start = small.Canonical(small.Start());
        var visited = new HashSet<TState> { start };
        List<TState> level = [start];
        var transitions = 0L;
        var depth = 0;
        while (depth < mostMoves)
        {
            List<TState> next = [];
            foreach (var world in level)
            {
                cancelled.ThrowIfCancellationRequested();
                foreach (var step in small.StepsFrom(world))
                {
                    transitions++;
                    if (step.Breach is not null)
                        return new ExplorationResult<TMove>(visited.Count, transitions, depth + 1, Counterexample<TMove>.Of(small, world, step.Breach));
                    var after = small.Canonical(step.After);
                    if (!visited.Add(after))
                        continue;
                    after.Before = world;
                    next.Add(after);
                }
            }

            if (next.Count == 0)
                break;
            level = next;
            depth++;
        }

        return new ExplorationResult<TMove>(visited.Count, transitions, depth, null);
    }
}
