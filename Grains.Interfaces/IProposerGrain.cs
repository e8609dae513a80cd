namespace Orleans.Paxos;

/// <summary>
/// A proposer, on whichever silo the call reaches. Clients call it when a register's grain does not answer. Its key only decides which
/// calls share an activation, and only calls that share an activation share a proposal.
/// </summary>
[Alias("Orleans.Paxos.IProposerGrain")]
public interface IProposerGrain : IGrainWithStringKey
{
    /// <summary>Changes a register without its grain, and then tells the grain. Changes that wait together share one proposal.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="request">The change and its request id.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">The name or the change breaks a rule; nothing was written.</exception>
    /// <exception cref="RegisterValueTooLargeException">The value is over the limit; nothing was written.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered; nothing was or will be written.</exception>
    /// <exception cref="OutcomeUnknownException">The change may or may not have happened, or may still happen.</exception>
    [Alias("Change")]
    Task<ChangeOutcome> ChangeAsync(string register, ChangeRequest request);

    /// <summary>Reads a register from a majority.</summary>
    /// <param name="register">The register's name.</param>
    /// <returns>The newest entry, a tombstone if it was deleted; null if it was never written, or was forgotten.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Read")]
    Task<RegisterEntry?> ReadAsync(string register);

    /// <summary>Reads a floor for a new request from a majority (<see cref="ChangeRequest.Floor"/>).</summary>
    /// <param name="register">The register's name.</param>
    /// <returns>A version that every version written from now on is above; 0 when it may begin with version 1.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Floor")]
    Task<long> FloorAsync(string register);

    /// <summary>Reads the newest entries of a register.</summary>
    /// <param name="register">The register's name.</param>
    /// <returns>The entries within the history's limits, oldest first, without gaps.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("History")]
    Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register);

    /// <summary>Reads a page of the names of all registers that have a value.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="after">Only names that order after this one are wanted; empty for all.</param>
    /// <param name="limit">The largest number of names in the page.</param>
    /// <returns>The page: every register acknowledged before the call and not deleted since, in the order of the names' bytes.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("List")]
    Task<NamePage> ListAsync(string prefix, string after, int limit);

    /// <summary>Reads a page of all registers that have a value, with their newest entries.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="after">The names wanted order after this one; empty for all.</param>
    /// <param name="limit">The most entries in the page; it also ends at <see cref="EntryPage.MaxValueBytes"/>.</param>
    /// <returns>The page. Each entry is linearizable by itself.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("ListEntries")]
    Task<EntryPage> ListEntriesAsync(string prefix, string after, int limit);

    /// <summary>Reads a page of all registers, deleted ones among them, with their histories.</summary>
    /// <param name="prefix">What the names start with; empty for all that are not reserved.</param>
    /// <param name="after">The names wanted order after this one; empty for all.</param>
    /// <param name="limit">The most registers in the page; it also ends at <see cref="EntryPage.MaxValueBytes"/>.</param>
    /// <returns>The page. Each register is linearizable by itself.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("ListHistories")]
    Task<BackupPage> ListHistoriesAsync(string prefix, string after, int limit);

    /// <summary>Reads what new names begin above: for each bucket the highest watermark of a majority.</summary>
    /// <param name="first">The first bucket.</param>
    /// <param name="count">How many buckets.</param>
    /// <returns>The watermarks of those that have one.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Watermarks")]
    Task<WatermarksReply> WatermarksAsync(int first, int count);

    /// <summary>Raises watermarks at every acceptor. It can be repeated.</summary>
    /// <param name="watermarks">What they are to be at least.</param>
    /// <returns>A task that ends when they are durable at every acceptor.</returns>
    /// <exception cref="QuorumUnavailableException">An acceptor did not answer. Some may have raised watermarks.</exception>
    [Alias("Raise")]
    Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks);

    /// <summary>Asks every acceptor how it is.</summary>
    /// <returns>The account of each; one that does not answer within a second is unreachable.</returns>
    [Alias("Status")]
    Task<ClusterStatus> StatusAsync();

    /// <summary>Does nothing. The answer shows that the silo responds.</summary>
    /// <returns>A task that completes when the silo has answered.</returns>
    [Alias("Ping")]
    Task PingAsync();
}
