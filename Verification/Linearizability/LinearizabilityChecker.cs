namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Decides whether the answers in a history are possible when each change of a register takes effect at one instant.
/// </summary>
/// <remarks>
/// Versions define the order in which a register was written, so no search is needed: a valid order exists exactly when the
/// order by version contradicts neither the clock nor the conditions of the requests. The only choice is which of the requests
/// with an unknown outcome wrote the versions that no client saw. Each rule relies on what the previous rules established, so
/// the first rule that finds a violation is the last to run on that register.
/// </remarks>
internal static class LinearizabilityChecker
{
    /// <summary>The maximum number of ways to fill gaps that are followed in parallel. Above it, the register is undecided.</summary>
    public const int DefaultWaysLimit = 200_000;

    /// <summary>Checks a history.</summary>
    /// <param name="history">Every call of every client, in any order.</param>
    /// <param name="waysLimit">See <see cref="DefaultWaysLimit"/>.</param>
    public static LinearizabilityVerdict Check(IEnumerable<Operation> history, int waysLimit = DefaultWaysLimit)
    {
        var findings = history
            .GroupBy(operation => operation.Register, StringComparer.Ordinal)
            .OrderBy(register => register.Key, StringComparer.Ordinal)
            .Select(register => CheckRegister(register.Key, [.. register], waysLimit))
            .ToList();
        var undecided = findings.Where(finding => finding.Undecided is not null).Select(finding => finding.Undecided!).ToList();
        return new LinearizabilityVerdict(
            [.. findings.SelectMany(finding => finding.Violations)],
            undecided.Count == 0 ? null : string.Join(' ', undecided),
            findings.Sum(finding => finding.Steps));
    }

    private static Findings CheckRegister(string name, IReadOnlyList<Operation> operations, int waysLimit)
    {
        var findings = new Findings(name);
        var history = new RegisterHistory(operations, findings);
        Action[] rules =
        [
            () => SequenceRules.Check(operations, findings),
            () => AuthorRules.Check(history, findings),
            () => RealTimeRules.Check(history, findings),
            () => ConditionRules.Check(history, findings),
            () => ContentRules.Check(history, findings),
            () => GapRules.Check(history, findings, waysLimit),
        ];
        foreach (var rule in rules)
        {
            if (findings.Violations.Count == 0)
                rule();
        }

        return findings;
    }
}
