namespace Orleans.Paxos;

/// <summary>
/// Reads and changes registers by name, with values as bytes. Every call goes to the register's grain. If the grain gives no answer for
/// <see cref="PaxosClientOptions.HedgeAfter"/>, the call is also sent, with the same request id, to a proposer through another live
/// gateway.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="ArgumentException"/> (a bad name or argument; nothing was written),
/// <see cref="QuorumUnavailableException"/> (no majority answered; nothing was or will be written by the call) and
/// <see cref="OperationCanceledException"/> (the caller gave up; a change may or may not happen).
/// </remarks>
public interface IRegisterClient
{
    /// <summary>Changes a register.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="change">What to do.</param>
    /// <param name="options">The request id and floor of a request that is sent again, or a fence; null for a new request without one.</param>
    /// <param name="cancellationToken">Ends the wait; the change may happen all the same.</param>
    /// <returns>
    /// That the change was applied, or why it was not and never will be: <see cref="ChangeStatus.VersionMismatch"/>,
    /// <see cref="ChangeStatus.AlreadyDecided"/>, <see cref="ChangeStatus.NotFound"/>, <see cref="ChangeStatus.Fenced"/> or
    /// <see cref="ChangeStatus.NotACounter"/>; or <see cref="ChangeStatus.RequestIdReused"/>.
    /// </returns>
    /// <exception cref="RegisterValueTooLargeException">The value is over the limit; nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">The change may or may not have happened, or may still happen.</exception>
    Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a register.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="consistency">What the read guarantees.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest entry, a tombstone if the register was deleted; null if it was never written, or was forgotten.</returns>
    Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default);

    /// <summary>Reads the newest entries of a register.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entries within the history's limits (16 entries and 512 KiB by default), oldest first, without gaps.</returns>
    Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Follows a register: yields every version after a given one, once each and in order, until the caller stops.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="after">What was seen last: a version, or <see cref="WatchPoint.Of(RegisterEntry)"/> its entry; the default for nothing.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// Batches of one version or more, each starting where the last ended; one with a
    /// <see cref="WatchBatch.CompactedThrough"/> says which versions had left the history before they could be delivered.
    /// A gateway or silo that dies, and a majority that is away for a while, delay it and do not end it. A batch with a
    /// <see cref="WatchBatch.Notice"/> says that no majority answers, or answers again, or that the versions begin anew, because the register
    /// does not have the version seen last.
    /// </returns>
    IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Follows all registers below a prefix: begins with their current entries, and goes on with every further version, of each register once
    /// and in order, until the caller stops. Between registers, no order is promised.
    /// </summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="cursor">The <see cref="PrefixBatch.Cursor"/> of the last batch, from which it goes on; empty to begin.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// Batches, some of which bring nothing but a newer cursor. A gateway or silo that dies, and a majority that is away for a while, delay it
    /// and do not end it; <see cref="PrefixBatch.Notice"/> tells of the latter. If it cannot go on without a gap, because too much has
    /// changed meanwhile or most silos have started anew, it begins again: <see cref="PrefixBatch.Begins"/>.
    /// </returns>
    IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", CancellationToken cancellationToken = default);

    /// <summary>Reads a page of the names of all registers that have a value.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="after">Only names that order after this one are wanted, by their bytes in UTF-8; empty for all.</param>
    /// <param name="limit">The largest number of names in the page, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page: every register acknowledged before the call began and not deleted since.</returns>
    Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of all registers that have a value, with their newest entries: one call instead of a read for each name.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="after">The names wanted order after this one, by their bytes in UTF-8; empty for all.</param>
    /// <param name="limit">The most entries in the page, 1 to 10,000. A page also ends at <see cref="EntryPage.MaxValueBytes"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page. Each entry is linearizable by itself; the page is not one snapshot.</returns>
    Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Asks every acceptor how it is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status of each acceptor.</returns>
    Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default);
}

/// <summary>What goes with a change: what a request that is sent again carries over from the first time, and the fence of who sends it.</summary>
/// <remarks>
/// A request is recognized for as long as the register remembers its id, which is for at least 16 further versions. If it is sent again
/// later than that, a request with its floor ends with an <see cref="OutcomeUnknownException"/>, and a request without a floor is treated
/// as a new one and applied again.
/// </remarks>
/// <param name="RequestId">The request id; null for a new one.</param>
/// <param name="Floor">A version that was chosen before the request was first sent, as given by
/// <see cref="OutcomeUnknownException.Floor"/>; null when it is not known.</param>
public sealed record ChangeOptions(Guid? RequestId = null, long? Floor = null)
{
    /// <summary>
    /// The fence of a lock that the caller holds. The register refuses the change (<see cref="ChangeStatus.Fenced"/>) if it has seen a later
    /// holder of the lock, or is fenced by another lock, and remembers the fence otherwise. Null leaves the change's own.
    /// </summary>
    public Fence? Fence { get; init; }

    /// <summary>Puts the fence of these options on a change.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The change as it is sent: with this fence, or as it is if these options have none.</returns>
    public Change ApplyTo(Change change) => Fence is null ? change : change with { Fence = Fence };
}
