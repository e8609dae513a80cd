namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Collects the possible next steps.</summary>
/// <typeparam name="TState">The state of a world at one moment.</typeparam>
/// <typeparam name="TMove">What can happen in the world.</typeparam>
/// <param name="watched">The invariants to check; null for all.</param>
internal sealed class StepList<TState, TMove>(IReadOnlySet<string>? watched = null)
    where TState : class, IWorldState<TState>
{
    private readonly List<WorldStep<TState, TMove>> _steps = [];
    private Breach? _breach;

    public IReadOnlyList<WorldStep<TState, TMove>> Steps => _steps;

    public void Clear() => _steps.Clear();

    /// <summary>Adds a step.</summary>
    /// <param name="move">The move.</param>
    /// <param name="before">The world before the move.</param>
    /// <param name="take">Makes the move in a copy of the world.</param>
    public void Add(TMove move, TState before, Action<TState> take)
    {
        _breach = null;
        var after = before.Copy();
        take(after);
        _steps.Add(new WorldStep<TState, TMove>(move, after, _breach));
    }

    /// <summary>Records that the step being taken breaks an invariant.</summary>
    public void Tell(string invariant, string detail)
    {
        if (watched is null || watched.Contains(invariant))
            _breach ??= new Breach(invariant, detail);
    }
}
