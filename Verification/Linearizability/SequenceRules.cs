namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>Checks that sequences have no gaps: neither histories nor watches skip versions, and a watch continues where it ended.</summary>
internal static class SequenceRules
{
    public static void Check(IReadOnlyList<Operation> operations, Findings findings)
    {
        foreach (var history in operations.Where(operation => operation is { Kind: OperationKind.History, IsAnswered: true, Entries.IsEmpty: false }))
        {
            if (!FollowsFrom(history.Entries[0].Version - 1, history.Entries))
                findings.Add(ViolationKind.HistoryGap, $"{history.Describe()}, which is not a row of versions.");
        }

        foreach (var watch in operations.Where(operation => operation is { Kind: OperationKind.Watch, IsAnswered: true }).GroupBy(batch => batch.Client))
            CheckWatch([.. watch.OrderBy(batch => batch.Invoked).ThenBy(batch => batch.Returned)], findings);
    }

    private static void CheckWatch(IReadOnlyList<Operation> batches, Findings findings)
    {
        Operation? previous = null;
        foreach (var batch in batches)
        {
            findings.Steps++;
            if (previous is not null && batch.After != End(previous))
                findings.Add(ViolationKind.WatchGap, $"{batch.Describe()} after version {batch.After}, though the batch before ended at {End(previous)}.");
            if (batch.CompactedThrough != 0 && batch.CompactedThrough <= batch.After)
                findings.Add(ViolationKind.WatchGap, $"{batch.Describe()} and told that versions through {batch.CompactedThrough} were gone, though it had seen {batch.After}.");
            if (!FollowsFrom(Math.Max(batch.After, batch.CompactedThrough), batch.Entries))
                findings.Add(ViolationKind.WatchGap, $"{batch.Describe()}, which does not follow version {Math.Max(batch.After, batch.CompactedThrough)} without a hole.");
            previous = batch;
        }
    }

    private static long End(Operation batch) =>
        batch.Entries.IsEmpty ? Math.Max(batch.After, batch.CompactedThrough) : batch.Entries[^1].Version;

    private static bool FollowsFrom(long version, ImmutableArray<Observed> entries) =>
        entries.Select((entry, index) => entry.Version == version + 1 + index).All(follows => follows);
}
