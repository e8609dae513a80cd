namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Decides whether what clients were told could have been told by registers of which each changes at one instant.
/// </summary>
/// <remarks>
/// Versions say in which order a register was written, so nothing has to be searched: an order exists exactly when the
/// one by version contradicts neither the clock nor the conditions of the requests. Only the versions that nobody was shown
/// leave a choice: which of the requests with unknown outcome wrote them. Each rule takes for granted what those before it
/// found to be true; so the first that finds a violation is the last to run on that register.
/// </remarks>
internal static class LinearizabilityChecker
{
    /// <summary>The most ways of filling gaps that are followed side by side before a register is given up as undecided.</summary>
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
