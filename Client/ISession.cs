namespace Orleans.Paxos;

/// <summary>
/// A session: a sign of life of its owner, to which locks and registers belong. It is renewed in the background every third of its time-to-live, and it
/// is lost when that fails for a time-to-live. To dispose of it is to close it, and all that belongs to it goes.
/// </summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>The session's id.</summary>
    Guid Id { get; }

    /// <summary>The text that tells people whose session it is.</summary>
    string Owner { get; }

    /// <summary>For how long nobody ends the session after it was last renewed.</summary>
    TimeSpan TimeToLive { get; }

    /// <summary>
    /// Is cancelled when the session is lost or closed: at the latest when time has passed since the last successful renewal was <i>sent</i> that might
    /// be a time-to-live by another clock. Nobody is asked for that. To get the token looks at the clock.
    /// </summary>
    CancellationToken Lost { get; }

    /// <summary>How long it is until the session is lost if no further renewal succeeds; zero if it is lost.</summary>
    TimeSpan Remaining { get; }

    /// <summary>
    /// Writes a register that belongs to the session: it is deleted within a second after the session has ended, unless somebody else has written it
    /// since. Its entry names the session.
    /// </summary>
    /// <typeparam name="T">The value's type, as for <see cref="IRegisters.Get"/>.</typeparam>
    /// <param name="name">The register's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the wait; the write may happen all the same.</param>
    /// <returns>The version written; not applied if somebody else wrote the register at the same moment.</returns>
    /// <exception cref="SessionLostException">The session was lost; nothing was written, or what was written is deleted.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not have been written. If it was, it goes with the session.</exception>
    Task<WriteResult<T>> SetAsync<T>(string name, T value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a register that belongs to the session, unless somebody else has written it since.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="cancellationToken">Ends the wait; it may be deleted all the same, and goes with the session at the latest.</param>
    /// <returns>A task that ends when it is gone, or was not the session's.</returns>
    /// <exception cref="SessionLostException">The session was lost; what belongs to it goes.</exception>
    Task RemoveAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Closes the session: its registers are deleted, its locks are free, and <see cref="Lost"/> is cancelled first.</summary>
    /// <param name="cancellationToken">Ends the wait; the session ends in any case, at the latest after its time-to-live.</param>
    /// <returns>A task that ends when the session has ended and everything is gone.</returns>
    Task CloseAsync(CancellationToken cancellationToken = default);
}

/// <summary>How to open a session.</summary>
public sealed record SessionOptions
{
    /// <summary>The shortest time-to-live: 1 second.</summary>
    public static readonly TimeSpan ShortestTimeToLive = TimeSpan.FromSeconds(1);

    /// <summary>The longest time-to-live: 1 day.</summary>
    public static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(1);

    /// <summary>The longest owner text, in characters.</summary>
    public const int MostOwnerCharacters = 256;

    /// <summary>For how long nobody ends the session after it was last renewed: 1 second to 1 day, 15 seconds by default.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A text that tells people whose session it is, of at most 256 characters; null for the machine, the process and its id.</summary>
    public string? Owner { get; init; }
}

/// <summary>What everyone can see of a session.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="TimeToLive">Its time-to-live.</param>
/// <param name="Opened">When it was opened, by the clock of who opened it.</param>
/// <param name="Renewed">When it was last renewed, by the clock of who renewed it.</param>
/// <param name="IsEnding">Whether its end was asked for.</param>
/// <param name="Registers">The registers that belong to it.</param>
/// <param name="Locks">The locks, elections, semaphores and barriers that it holds.</param>
public sealed record SessionInfo(
    Guid Id,
    string Owner,
    TimeSpan TimeToLive,
    DateTimeOffset Opened,
    DateTimeOffset Renewed,
    bool IsEnding,
    ImmutableArray<string> Registers,
    ImmutableArray<string> Locks);

/// <summary>A session was lost or closed, so nothing can be done in its name any more.</summary>
public sealed class SessionLostException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="session">The session's id.</param>
    public SessionLostException(Guid session)
        : base($"The session {session} is lost or closed. What it held may be another's by now; open a new session.") => Session = session;

    /// <summary>The session's id.</summary>
    public Guid Session { get; }
}
