namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Collects the possible next steps.</summary>
/// <param name="watched">The invariants to check; null for all.</param>
internal sealed class StepList(IReadOnlySet<string>? watched)
{
    private readonly List<WorldStep> _steps = [];
    private Breach? _breach;

    public IReadOnlyList<WorldStep> Steps => _steps;

    public void Clear() => _steps.Clear();

    /// <summary>Adds a step.</summary>
    /// <param name="move">The move.</param>
    /// <param name="before">The world before the move.</param>
    /// <param name="take">Makes the move in a copy of the world.</param>
    public void Add(Move move, WorldState before, Action<WorldState> take)
    {
        _breach = null;
        var after = before.Copy();
        take(after);
        _steps.Add(new WorldStep(move, after, _breach));
    }

    /// <summary>Records that the step being taken breaks an invariant.</summary>
    public void Tell(string invariant, string detail)
    {
        if (watched is null || watched.Contains(invariant))
            _breach ??= new Breach(invariant, detail);
    }
}
