namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A world that is small enough to visit completely.</summary>
/// <typeparam name="TState">Its state at one moment.</typeparam>
/// <typeparam name="TMove">What can happen in it.</typeparam>
internal interface IWorld<TState, TMove>
    where TState : class, IWorldState<TState>
{
    /// <summary>Gets the state in which it begins.</summary>
    TState Start();

    /// <summary>Gets all possible next steps. The list is valid until the next call.</summary>
    IReadOnlyList<WorldStep<TState, TMove>> StepsFrom(TState world);

    /// <summary>Gets the state that represents all states with the same future as this one. It modifies the given state.</summary>
    TState Canonical(TState world);
}

/// <summary>The complete state of a world at one moment. Equal states have the same future.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IWorldState<TSelf> : IEquatable<TSelf>
    where TSelf : class
{
    /// <summary>The state from which this one was first reached. It is not part of the state's identity.</summary>
    TSelf? Before { get; set; }

    /// <summary>Copies the state, but for what was before it.</summary>
    TSelf Copy();
}

/// <summary>An invariant that does not hold.</summary>
/// <param name="Invariant">Its name: Agreement, or I1 to I6.</param>
/// <param name="Detail">A description of the violation.</param>
internal sealed record Breach(string Invariant, string Detail);

/// <summary>A move and its result.</summary>
/// <param name="Move">The move.</param>
/// <param name="After">The world after the move.</param>
/// <param name="Breach">The invariant that the move breaks; null when it breaks none.</param>
internal readonly record struct WorldStep<TState, TMove>(TMove Move, TState After, Breach? Breach);
