namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>How far the log reaches.</summary>
/// <param name="First">The number of its oldest row.</param>
/// <param name="Next">The number of its next row.</param>
/// <param name="Live">How many entries records refer to.</param>
/// <param name="SinceTrim">How many entries were put in since it was trimmed.</param>
internal record struct HistoryExtent(long First, long Next, long Live, long SinceTrim)
{
    /// <summary>How many entries it holds.</summary>
    public readonly long Entries => Next - First;
}
