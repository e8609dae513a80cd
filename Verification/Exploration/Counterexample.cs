namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A shortest sequence of moves from the start to a broken invariant. Acceptors keep their names, so that a person can follow it.</summary>
/// <typeparam name="TMove">What can happen in the world.</typeparam>
/// <param name="Moves">The moves, with the numbers of the explored world. The last move breaks the invariant.</param>
/// <param name="Breach">The broken invariant.</param>
internal sealed record Counterexample<TMove>(ImmutableArray<TMove> Moves, Breach Breach)
{
    /// <summary>Creates the counterexample from the moves that lead to a world and a step from there that breaks an invariant.</summary>
    public static Counterexample<TMove> Of<TState>(IWorld<TState, TMove> small, TState last, Breach breach)
        where TState : class, IWorldState<TState>
    {
        var way = new Stack<TState>();
        for (var world = last; world.Before is not null; world = world.Before)
            way.Push(world);

        // The visited worlds have sorted acceptors. Here each acceptor keeps its place, so each step is searched again.
        var moves = ImmutableArray.CreateBuilder<TMove>();
        var here = small.Start();
        foreach (var world in way)
        {
            var step = StepFrom(small, here, step => step.Breach is null && small.Canonical(step.After.Copy()).Equals(world));
            moves.Add(step.Move);
            here = step.After;
        }

        var final = StepFrom(small, here, step => step.Breach?.Invariant == breach.Invariant);
        return new Counterexample<TMove>(moves.ToImmutable().Add(final.Move), final.Breach!);
    }

    private static WorldStep<TState, TMove> StepFrom<TState>(IWorld<TState, TMove> small, TState here, Func<WorldStep<TState, TMove>, bool> isIt)
        where TState : class, IWorldState<TState> =>
        small.StepsFrom(here).Where(isIt).Select(static step => (WorldStep<TState, TMove>?)step).FirstOrDefault()
        ?? throw new InvalidOperationException(
            "A visited world cannot be reached again when nothing is reduced. So worlds count as equal that have different futures: a rule breaks what the canonical form relies on.");
}
