namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Checks the real-time order: once a version was shown, every later read shows at least that version, and every later write
/// gets a higher one. A stale read or a watch may lag behind, but what it shows must already have been written.
/// </summary>
internal static class RealTimeRules
{
    public static void Check(RegisterHistory history, Findings findings)
    {
        foreach (var operation in history.Operations.Where(operation => operation.IsLinearizable))
        {
            findings.Steps++;
            if (history.Knowledge.Before(operation.Invoked) is { } known && known.ShownVersion > operation.ShownVersion)
                findings.Add(ViolationKind.StaleRead, $"{operation.Describe()}, but before, {known.Describe()}.");
        }

        foreach (var version in history.Chain.Keys)
        {
            findings.Steps++;
            var writer = history.WriterOf(version)!;
            if (history.Knowledge.Before(writer.EffectiveFrom) is { } known && known.ShownVersion >= version)
                findings.Add(ViolationKind.VersionsOutOfOrder, $"{writer.Change.Name()} wrote version {version}, but before it was sent, {known.Describe()}.");
        }
    }
}
