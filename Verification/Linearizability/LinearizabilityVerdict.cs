namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The verdict of the checker on a history.</summary>
/// <param name="Violations">The violations; empty when there are none.</param>
/// <param name="Undecided">Why the checker gave up on a register; null when it did not.</param>
/// <param name="Steps">The amount of work in comparisons, which does not depend on the machine.</param>
internal sealed record LinearizabilityVerdict(ImmutableArray<Violation> Violations, string? Undecided, long Steps)
{
    /// <summary>Whether every register kept its guarantees. It is false for an undecided history.</summary>
    public bool IsLinearizable => Violations.IsEmpty && Undecided is null;

    public override string ToString() => this switch
    {
        { IsLinearizable: true } => "linearizable",
        { Violations.IsEmpty: true } => $"undecided: {Undecided}",
        _ => $"not linearizable:{string.Concat(Violations.Select(violation => $"\n  {violation}"))}",
    };
}
