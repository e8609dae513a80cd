namespace Orleans.Paxos;

/// <summary>
/// Follows all registers below a prefix, on whichever silo the call reaches. All its state is soft: a cursor that one silo has issued goes
/// on at every other. Its key has no meaning.
/// </summary>
[Alias("Orleans.Paxos.IPrefixWatchGrain")]
public interface IPrefixWatchGrain : IGrainWithStringKey
{
    /// <summary>Waits for what is new below a prefix.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="cursor">The cursor of the last batch; empty to begin with the current entries.</param>
    /// <param name="wait">How long to wait when there is nothing new; at most 30 seconds.</param>
    /// <returns>What is new.</returns>
    /// <exception cref="ArgumentException">The prefix breaks a rule, or the cursor is not one.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    /// <exception cref="OperationCanceledException">The silo stops. Go on at another one with the same cursor.</exception>
    [Alias("Watch")]
    Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait);
}
