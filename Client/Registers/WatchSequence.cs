namespace Orleans.Paxos.Client.Registers;

/// <summary>Ensures that a watcher gets strictly contiguous versions, wherever the answers come from. Pure.</summary>
internal static class WatchSequence
{
    /// <summary>Returns the part of a batch that follows a version.</summary>
    /// <returns>The batch without the versions seen before; null when the batch skips a version without saying so.</returns>
    public static WatchBatch? Following(WatchBatch batch, long after)
    {
        if (batch.Notice == WatchNotice.Reset)
            after = 0;
        var compacted = batch.CompactedThrough > after ? batch.CompactedThrough : 0;
        var last = Math.Max(after, compacted);
        var entries = batch.Entries.Where(entry => entry.Version > last).ToImmutableArray();
        for (var index = 0; index < entries.Length; index++)
        {
            if (entries[index].Version != last + 1 + index)
                return null;
        }

        return new WatchBatch(entries, compacted, batch.Notice);
    }

    /// <summary>A register's history as a batch: what is older than its first version has left it, and for a watcher that saw what was never in it, it begins anew.</summary>
    public static WatchBatch FromHistory(ImmutableArray<RegisterEntry> history, WatchPoint after)
    {
        var (first, last) = history.IsEmpty ? (1, 0) : (history[0].Version, history[^1].Version);
        var wasNeverHere = (last < after.Version && !history.IsEmpty) || history.Any(entry => entry.Version == after.Version && !after.MayBeOf(entry.RequestId));
        return new WatchBatch(history, first - 1, wasNeverHere ? WatchNotice.Reset : WatchNotice.None);
    }

    /// <summary>Whether the batch brings nothing new.</summary>
    public static bool IsEmpty(this WatchBatch batch) => batch.Entries.IsEmpty && batch.CompactedThrough == 0 && batch.Notice == WatchNotice.None;
}
