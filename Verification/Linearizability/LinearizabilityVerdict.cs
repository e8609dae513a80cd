namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What the checker says of a history.</summary>
/// <param name="Violations">What is wrong; empty when nothing was found.</param>
/// <param name="Undecided">Why the checker gave up on a register; null when it didn't.</param>
/// <param name="Steps">How much work it was, in comparisons: a number that does not depend on the machine.</param>
internal sealed record LinearizabilityVerdict(ImmutableArray<Violation> Violations, string? Undecided, long Steps)
{
    /// <summary>Whether every register kept its promises. Never true of a history that was not decided.</summary>
    public bool IsLinearizable => Violations.IsEmpty && Undecided is null;

    public override string ToString() => this switch
    {
        { IsLinearizable: true } => "linearizable",
        { Violations.IsEmpty: true } => $"undecided: {Undecided}",
        _ => $"not linearizable:{string.Concat(Violations.Select(violation => $"\n  {violation}"))}",
    };
}
