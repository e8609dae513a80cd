namespace Orleans.Paxos;

/// <summary>A lock, a permit, a leadership or a place at a barrier that is held. To dispose of it is to release it.</summary>
public interface IHolding : IAsyncDisposable
{
    /// <summary>The name of what is held.</summary>
    string Name { get; }

    /// <summary>The fencing token: higher than that of every earlier acquisition under this name.</summary>
    long Token { get; }

    /// <summary>
    /// What to put on writes (<see cref="Change.Fence"/>, <see cref="ChangeOptions.Fence"/>), so that registers refuse them once a later holder has written.
    /// </summary>
    Fence Fence { get; }

    /// <summary>The session that holds it.</summary>
    ISession Session { get; }

    /// <summary>
    /// Is cancelled when the session is lost, before anyone else can get what was held, as long as clocks run at rates within
    /// <see cref="PaxosClientOptions.ClockRateTolerance"/>. A process that was paused may notice it late: what must not happen then takes a fence.
    /// </summary>
    CancellationToken Lost { get; }

    /// <summary>
    /// Whether it is held at this moment: it is not lost, and no handle of its session and token has begun to release it. Looks at the clock.
    /// </summary>
    bool IsHeld { get; }

    /// <summary>Releases it. If that fails, it can be tried again; a session that ends releases everything.</summary>
    /// <param name="cancellationToken">Ends the wait; it may be released all the same.</param>
    /// <returns>A task that ends when it is released: at once if it was before, or if the session was lost.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered; it is still held.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not be released.</exception>
    Task ReleaseAsync(CancellationToken cancellationToken = default);
}

/// <summary>A leadership that is held.</summary>
/// <typeparam name="T">The type of the leader's value.</typeparam>
public interface ILeadership<T> : IHolding
{
    /// <summary>Changes the leader's value, for all who read or observe the election. The token stays.</summary>
    /// <param name="value">The new value.</param>
    /// <param name="cancellationToken">Ends the wait; the value may be changed all the same.</param>
    /// <returns>A task that ends when it is changed.</returns>
    /// <exception cref="SessionLostException">The leadership was lost; nothing was written.</exception>
    Task ProclaimAsync(T value, CancellationToken cancellationToken = default);
}

/// <summary>How to acquire a lock.</summary>
public sealed record AcquireOptions
{
    /// <summary>The session that is to hold it; null for one of its own, which ends when it is released.</summary>
    public ISession? Session { get; init; }

    /// <summary>
    /// How long to wait; null for as long as it takes. <see cref="ILock.TryAcquireAsync"/> does not wait if it is null.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The options of a session of its own; ignored if there is a <see cref="Session"/>.</summary>
    public SessionOptions OwnSession { get; init; } = new();
}

/// <summary>Who holds a lock.</summary>
/// <param name="Session">The id of the session.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="IsShared">Whether it is held for reading, beside others.</param>
public sealed record HolderInfo(Guid Session, string Owner, long Token, bool IsShared);

/// <summary>Who leads.</summary>
/// <typeparam name="T">The type of the leader's value.</typeparam>
/// <param name="Session">The id of the session.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="Token">The fencing token of the leadership.</param>
/// <param name="Value">What the leader proclaims.</param>
public sealed record LeaderInfo<T>(Guid Session, string Owner, long Token, T? Value);

/// <summary>A name is in use for another kind of lock, or for a semaphore or barrier of another size. Nothing was written.</summary>
public sealed class LockKindException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The name.</param>
    /// <param name="found">What it is.</param>
    /// <param name="wanted">What it was to be used as.</param>
    public LockKindException(string name, string found, string wanted)
        : base($"'{name}' is {found} at the moment, and cannot be {wanted} at the same time. Locks, elections, semaphores, reader-writer locks and barriers share their names: take another one. Nothing was written.")
    {
    }
}
