namespace Orleans.Paxos;

/// <summary>How large an acceptor's records get, for storage that limits them.</summary>
internal static class RecordSize
{
    // An entry beside its value and a chunk's reference, an item of the window, all that there is once: each generously.
    private const int BytesOfAnEntry = 128;
    private const int BytesOfAWindowItem = 32;
    private const int BytesOfTheRest = 1024;

    /// <summary>No record of an acceptor with these options has more bytes: its entries are within the history, or the newest one alone.</summary>
    public static long Largest(PaxosOptions options) =>
        Math.Max(options.HistoryBytes, options.MaxValueBytes)
            + ((long)options.HistoryEntries * BytesOfAnEntry)
            + ((long)ChangeRules.MaxWindow * BytesOfAWindowItem)
            + BytesOfTheRest;
}
