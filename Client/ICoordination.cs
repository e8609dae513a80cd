namespace Orleans.Paxos;

/// <summary>
/// Sessions, locks, elections, semaphores, reader-writer locks and barriers, all of them made of registers (docs/coordination.md). Applications inject
/// this interface.
/// </summary>
/// <remarks>
/// Locks, elections, semaphores, reader-writer locks and barriers share one space of names, which is not that of registers. A name takes the rules of
/// <see cref="RegisterName"/> and at most <see cref="ReservedNames.MostLockNameBytes"/> bytes; methods throw <see cref="ArgumentException"/> otherwise.
/// </remarks>
public interface ICoordination
{
    /// <summary>Opens a session and renews it in the background until it is closed or lost.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait. A session that was opened all the same ends after its time-to-live.</param>
    /// <returns>The session.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered; no session was opened.</exception>
    /// <exception cref="OutcomeUnknownException">A session may have been opened; nobody renews it, so it ends after its time-to-live.</exception>
    Task<ISession> OpenSessionAsync(SessionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the sessions that have not ended, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>Each session with what belongs to it.</returns>
    IAsyncEnumerable<SessionInfo> ListSessionsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for the end of a session that another process has opened. Its owner loses it at once if it runs; otherwise the session ends after its
    /// time-to-live. So what the session holds is never another's before its owner knows.
    /// </summary>
    /// <param name="session">The session's id.</param>
    /// <param name="cancellationToken">Ends the wait; the request may have been made.</param>
    /// <returns>Whether there is such a session.</returns>
    Task<bool> EndSessionAsync(Guid session, CancellationToken cancellationToken = default);

    /// <summary>Returns a lock, without calling the cluster.</summary>
    /// <param name="name">The lock's name.</param>
    /// <returns>The lock.</returns>
    ILock Lock(string name);

    /// <summary>Returns a lock that many hold for reading or one for writing, without calling the cluster.</summary>
    /// <param name="name">The lock's name.</param>
    /// <returns>The lock.</returns>
    IReaderWriterLock ReaderWriterLock(string name);

    /// <summary>Returns a semaphore, without calling the cluster.</summary>
    /// <param name="name">The semaphore's name.</param>
    /// <param name="limit">How many sessions can hold it at once, 1 to 1,024. While it is held, all who ask for it give the same limit.</param>
    /// <returns>The semaphore.</returns>
    ISemaphore Semaphore(string name, int limit);

    /// <summary>Returns an election, without calling the cluster.</summary>
    /// <typeparam name="T">The type of the leader's value, as for <see cref="IRegisters.Get"/>.</typeparam>
    /// <param name="name">The election's name.</param>
    /// <returns>The election.</returns>
    IElection<T> Election<T>(string name);

    /// <summary>Returns a barrier, without calling the cluster.</summary>
    /// <param name="name">The barrier's name.</param>
    /// <param name="participants">How many sessions it waits for, 1 to 1,024. All participants give the same number.</param>
    /// <returns>The barrier.</returns>
    IBarrier Barrier(string name, int participants);
}

/// <summary>A lock that one session holds at a time.</summary>
public interface ILock
{
    /// <summary>The lock's name.</summary>
    string Name { get; }

    /// <summary>Acquires the lock. Those who wait are served in their order. A session that holds the lock already gets the same token again.</summary>
    /// <param name="options">The session and how long to wait; null for the defaults: a session of its own, and no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held.</returns>
    /// <exception cref="TimeoutException">The time to wait is over; the lock is not held.</exception>
    /// <exception cref="SessionLostException">The session was lost before it had the lock.</exception>
    /// <exception cref="LockKindException">The name is used for something else than a lock.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered; the lock is not held.</exception>
    Task<IHolding> AcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Acquires the lock if nobody holds it or waits for it.</summary>
    /// <param name="options">The session; a time to wait is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held; null if it is another's.</returns>
    Task<IHolding?> TryAcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who holds the lock.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The holder; null if nobody holds it. The holder's session may have ended.</returns>
    Task<HolderInfo?> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>A lock that many sessions hold for reading or one for writing. Who waits for writing holds back those who come later.</summary>
public interface IReaderWriterLock
{
    /// <summary>The lock's name.</summary>
    string Name { get; }

    /// <summary>Acquires the lock for reading.</summary>
    /// <param name="options">The session and how long to wait, as for <see cref="ILock.AcquireAsync"/>, whose exceptions these are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held.</returns>
    Task<IHolding> AcquireReadAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Acquires the lock for writing. A session that holds it for reading has to release it first.</summary>
    /// <param name="options">The session and how long to wait, as for <see cref="ILock.AcquireAsync"/>, whose exceptions these are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held.</returns>
    Task<IHolding> AcquireWriteAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who holds the lock.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The holders, whose sessions may have ended.</returns>
    Task<ImmutableArray<HolderInfo>> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>A lock that a limited number of sessions hold at once. A session holds it at most once.</summary>
public interface ISemaphore
{
    /// <summary>The semaphore's name.</summary>
    string Name { get; }

    /// <summary>Acquires one of the permits.</summary>
    /// <param name="options">The session and how long to wait, as for <see cref="ILock.AcquireAsync"/>, whose exceptions these are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit, held.</returns>
    Task<IHolding> AcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Acquires one of the permits if there is one and nobody waits.</summary>
    /// <param name="options">The session; a time to wait is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit, held; null if there is none.</returns>
    Task<IHolding?> TryAcquireAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who holds permits.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The holders, whose sessions may have ended.</returns>
    Task<ImmutableArray<HolderInfo>> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>An election: one session at a time leads, with a value that everyone can read and observe.</summary>
/// <typeparam name="T">The type of the leader's value.</typeparam>
public interface IElection<T>
{
    /// <summary>The election's name.</summary>
    string Name { get; }

    /// <summary>Waits to be elected. Candidates are elected in their order.</summary>
    /// <param name="value">What the leader proclaims, such as its address.</param>
    /// <param name="options">The session and how long to wait, as for <see cref="ILock.AcquireAsync"/>, whose exceptions these are.</param>
    /// <param name="cancellationToken">Ends the candidature.</param>
    /// <returns>The leadership. To resign is to release it.</returns>
    Task<ILeadership<T>> CampaignAsync(T value, AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who leads.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The leader; null if there is none. The leader's session may have ended.</returns>
    Task<LeaderInfo<T>?> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Follows the election: yields the leader, and then every further one and every further value, pushed, until the caller stops.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The leaders; null while there is none. Leaders that followed each other quickly may be left out; the last one never is.</returns>
    IAsyncEnumerable<LeaderInfo<T>?> ObserveAsync(CancellationToken cancellationToken = default);
}

/// <summary>A barrier: participants wait at it until all of them are there.</summary>
public interface IBarrier
{
    /// <summary>The barrier's name.</summary>
    string Name { get; }

    /// <summary>
    /// Comes to the barrier and waits until all participants are there. Those whose sessions end while they wait do not count. To leave is to release
    /// what is returned; when all have left, the barrier can be used again.
    /// </summary>
    /// <param name="options">The session and how long to wait, as for <see cref="ILock.AcquireAsync"/>, whose exceptions these are.</param>
    /// <param name="cancellationToken">Ends the wait; the participant leaves.</param>
    /// <returns>The participation.</returns>
    Task<IHolding> EnterAsync(AcquireOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who is at the barrier.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The participants, whose sessions may have ended.</returns>
    Task<ImmutableArray<HolderInfo>> ReadAsync(CancellationToken cancellationToken = default);
}
