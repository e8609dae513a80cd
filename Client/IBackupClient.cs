namespace Orleans.Paxos;

/// <summary>
/// Reads all registers for a backup, and writes them into another cluster (docs/operations.md, "Backup and restore"). Sessions are no part of it;
/// locks are, by the names that begin with <see cref="ReservedNames.Locks"/>.
/// </summary>
/// <remarks>
/// Every call may throw <see cref="ArgumentException"/> (a bad name or argument; nothing was written),
/// <see cref="QuorumUnavailableException"/> (no majority answered, or, of what is written, not every acceptor) and
/// <see cref="OperationCanceledException"/>. Every call can be repeated.
/// </remarks>
public interface IBackupClient
{
    /// <summary>Reads a page of all registers, deleted ones among them, with their histories.</summary>
    /// <param name="prefix">What the names start with; empty for all that are not reserved.</param>
    /// <param name="after">The names wanted order after this one, by their bytes in UTF-8; empty for all.</param>
    /// <param name="limit">The most registers in the page, 1 to 10,000. A page also ends at <see cref="EntryPage.MaxValueBytes"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page. Each register is linearizable by itself; the page is not one snapshot.</returns>
    Task<BackupPage> ReadPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads what new names begin above: for each bucket of names the highest watermark of a majority.</summary>
    /// <param name="first">The first bucket.</param>
    /// <param name="count">How many buckets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The watermarks of those that have one. Read after all registers, they have what was forgotten meanwhile, too.</returns>
    Task<WatermarksReply> ReadWatermarksAsync(int first, int count, CancellationToken cancellationToken = default);

    /// <summary>Raises watermarks at every acceptor, so that new names begin above.</summary>
    /// <param name="watermarks">What they are to be at least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are durable at every acceptor.</returns>
    Task RaiseWatermarksAsync(ImmutableArray<BucketWatermark> watermarks, CancellationToken cancellationToken = default);

    /// <summary>Writes a history from a backup, if the register has no version.</summary>
    /// <param name="history">The name and the entries. Their versions are where they are to be in this cluster, at least.</param>
    /// <param name="cancellationToken">Ends the wait; the history may be written all the same.</param>
    /// <returns>
    /// <see cref="ChangeStatus.Applied"/>, also if it was written before; <see cref="ChangeStatus.VersionMismatch"/> or
    /// <see cref="ChangeStatus.RequestIdReused"/> if the register has versions of its own.
    /// </returns>
    /// <exception cref="RegisterValueTooLargeException">A value is over the limit; nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not have been written.</exception>
    Task<ChangeOutcome> RestoreAsync(RegisterHistory history, CancellationToken cancellationToken = default);
}
