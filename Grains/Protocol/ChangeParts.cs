namespace Orleans.Paxos.Protocol;

/// <summary>What a change writes.</summary>
internal static class ChangeParts
{
    /// <summary>The entries that a restore writes; none for every other kind.</summary>
    public static ImmutableArray<RegisterEntry> RestoredEntries(this Change change) => change.Restored?.Entries ?? [];

    /// <summary>How many bytes of values a change has.</summary>
    public static long ValueBytes(this Change change)
    {
        long bytes = change.Value.Length;
        foreach (var entry in change.RestoredEntries())
            bytes += entry.Value.Length;
        return bytes;
    }
}
