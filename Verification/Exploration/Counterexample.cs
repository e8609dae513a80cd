namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A shortest sequence of moves from the start to a broken invariant. Acceptors keep their names, so that a person can follow it.</summary>
/// <param name="Moves">The moves, with the numbers of the explored world. The last move breaks the invariant.</param>
/// <param name="Breach">The broken invariant.</param>
internal sealed record Counterexample(ImmutableArray<Move> Moves, Breach Breach)
{
    /// <summary>Creates the counterexample from the moves that lead to a world and one step from there.</summary>
    public static Counterexample Of(SmallWorld small, WorldState last, WorldStep breaking)
    {
        var way = new Stack<WorldState>();
        for (var world = last; world.Before is not null; world = world.Before)
            way.Push(world);

        // The visited worlds have sorted acceptors. Here each acceptor keeps its place, so each step is searched again.
        var moves = ImmutableArray.CreateBuilder<Move>();
        var here = small.Start();
        foreach (var world in way)
        {
            var step = StepFrom(small, here, step => step.Breach is null && small.Canonical(step.After.Copy()).Equals(world));
            moves.Add(step.Move);
            here = step.After;
        }

        var final = StepFrom(small, here, step => step.Breach is not null && step.Move.Kind == breaking.Move.Kind && step.Breach.Invariant == breaking.Breach!.Invariant);
        return new Counterexample(moves.ToImmutable().Add(final.Move), final.Breach!);
    }

    private static WorldStep StepFrom(SmallWorld small, WorldState here, Func<WorldStep, bool> isIt) =>
        small.StepsFrom(here).Where(isIt).Select(static step => (WorldStep?)step).FirstOrDefault()
        ?? throw new InvalidOperationException(
            "A visited world cannot be reached again when nothing is reduced. So worlds count as equal that have different futures: a rule breaks what CanonicalForm relies on.");
}
