namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The results of the rules for one register.</summary>
/// <param name="register">Its name.</param>
internal sealed class Findings(string register)
{
    public List<Violation> Violations { get; } = [];

    /// <summary>Why the checker could not decide about the register; null when it could.</summary>
    public string? Undecided { get; private set; }

    /// <summary>See <see cref="LinearizabilityVerdict.Steps"/>.</summary>
    public long Steps { get; set; }

    public void Add(ViolationKind kind, string sentence) => Violations.Add(new Violation(kind, register, sentence));

    public void GiveUp(string reason) => Undecided = $"Register '{register}': {reason}";
}
