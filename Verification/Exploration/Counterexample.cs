namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A shortest sequence of moves from the start to a broken invariant, as a person can follow it: acceptors keep their names.</summary>
/// <param name="Moves">The moves, with the numbers of the world that was explored; the last one breaks it.</param>
/// <param name="Breach">What is broken.</param>
internal sealed record Counterexample(ImmutableArray<Move> Moves, Breach Breach)
{
    /// <summary>The moves that lead to a world, and one step from there.</summary>
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
            var step = small.StepsFrom(here).First(step => step.Breach is null && small.Canonical(step.After.Copy()).Equals(world));
            moves.Add(step.Move);
            here = step.After;
        }

        var final = small.StepsFrom(here).First(step => step.Breach is not null && step.Move.Kind == breaking.Move.Kind && step.Breach.Invariant == breaking.Breach!.Invariant);
        return new Counterexample(moves.ToImmutable().Add(final.Move), final.Breach!);
    }
}
