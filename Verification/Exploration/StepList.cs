namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Collects what can happen next.</summary>
/// <param name="watched">Which invariants are watched for; null for all.</param>
internal sealed class StepList(IReadOnlySet<string>? watched)
{
    private readonly List<WorldStep> _steps = [];
    private Breach? _breach;

    public IReadOnlyList<WorldStep> Steps => _steps;

    public void Clear() => _steps.Clear();

    /// <summary>Adds a step.</summary>
    /// <param name="move">What happens.</param>
    /// <param name="before">The world before.</param>
    /// <param name="take">Makes the world after it from a copy of the one before.</param>
    public void Add(Move move, WorldState before, Action<WorldState> take)
    {
        _breach = null;
        var after = before.Copy();
        take(after);
        _steps.Add(new WorldStep(move, after, _breach));
    }

    /// <summary>The step that is being taken breaks an invariant.</summary>
    public void Tell(string invariant, string detail)
    {
        if (watched is null || watched.Contains(invariant))
            _breach ??= new Breach(invariant, detail);
    }
}
