namespace Orleans.Paxos.Watching;

internal static class WatchBatchExtensions
{
    /// <summary>How many bytes the values of a batch have.</summary>
    public static long ValueBytes(this WatchBatch batch) => batch.Entries.Sum(static entry => (long)entry.Value.Length);
}
