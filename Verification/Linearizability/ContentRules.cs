using System.Globalization;

namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Checks that an entry holds what its request makes of the entry before it: the sum that an addition leaves, and the guard. Where nobody saw the entry
/// before, only what does not depend on it is checked.
/// </summary>
internal static class ContentRules
{
    public static void Check(RegisterHistory history, Findings findings)
    {
        foreach (var entry in history.Chain.Values.Where(static entry => !entry.IsTold))
        {
            findings.Steps++;
            var change = history.WriterOf(entry.Version)!.Change;
            CheckGuard(entry, change, history.StandingAt(entry.Version - 1), findings);
            if (change.Kind == OperationKind.Add)
                CheckSum(entry, change, history, findings);
        }
    }

    private static void CheckGuard(Observed entry, Operation change, Standing before, Findings findings)
    {
        var isKept = change is { Fence: null, Kind: not OperationKind.Delete };
        if (isKept && !before.KnowsGuard)
            return;
        var guard = isKept ? before.Guard : change.Fence;
        if (entry.Guard != guard)
            findings.Add(ViolationKind.WrongGuard, $"{change.Name()} wrote {entry.Describe()}, whose guard must be {(guard is null ? "none" : $"'{guard}'")}.");
    }

    private static void CheckSum(Observed entry, Operation change, RegisterHistory history, Findings findings)
    {
        if (history.NumberAt(entry.Version - 1) is not { } before)
            return;
        var sum = before + long.Parse(change.Value, CultureInfo.InvariantCulture);
        if (entry.Value != sum.ToString(CultureInfo.InvariantCulture))
            findings.Add(ViolationKind.WrongSum, $"{change.Name()} wrote {entry.Describe()} over {before}.");
    }
}
