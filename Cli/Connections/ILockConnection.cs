namespace Orleans.Paxos.Cli.Connections;

/// <summary>Sessions, locks and elections, whichever way they are reached.</summary>
internal interface ILockConnection
{
    /// <summary>Opens a session, which is renewed until it is disposed of or lost.</summary>
    /// <param name="timeToLive">Its time-to-live.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="longest">How long one that is asked may take to answer; null for as long as for any request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ILockSession> OpenAsync(TimeSpan timeToLive, string owner, TimeSpan? longest, CancellationToken cancellationToken);

    /// <summary>Lists the sessions that have not ended.</summary>
    IAsyncEnumerable<SessionInfo> ListAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the end of a session.</summary>
    /// <returns>Whether there is such a session.</returns>
    Task<bool> EndAsync(Guid session, CancellationToken cancellationToken);

    /// <summary>Follows who leads; null while nobody does.</summary>
    IAsyncEnumerable<LeaderInfo<byte[]>?> ObserveAsync(string election, CancellationToken cancellationToken);
}

/// <summary>A session of this process. To dispose of it is to release what it holds, in order, and to close it.</summary>
internal interface ILockSession : IAsyncDisposable
{
    /// <summary>Its id.</summary>
    Guid Id { get; }

    /// <summary>How long it is until it is lost if no further renewal succeeds.</summary>
    TimeSpan Remaining { get; }

    /// <summary>Its time-to-live.</summary>
    TimeSpan TimeToLive { get; }

    /// <summary>Is cancelled when it is time to stop: a third of the time-to-live is left, or the end of the session was asked for.</summary>
    CancellationToken Endangered { get; }

    /// <summary>Is cancelled when it is lost. What is registered here has run before anyone else can get what it held.</summary>
    CancellationToken Lost { get; }

    /// <summary>Acquires a lock.</summary>
    /// <param name="name">The lock.</param>
    /// <param name="wait">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fencing token; null if others held it for the time to wait.</returns>
    /// <exception cref="SessionLostException">The session was lost.</exception>
    Task<long?> LockAsync(string name, TimeSpan? wait, CancellationToken cancellationToken);

    /// <summary>Waits to be elected.</summary>
    /// <param name="election">The election.</param>
    /// <param name="value">What to proclaim.</param>
    /// <param name="wait">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fencing token; null if others led for the time to wait.</returns>
    /// <exception cref="SessionLostException">The session was lost.</exception>
    Task<long?> CampaignAsync(string election, byte[] value, TimeSpan? wait, CancellationToken cancellationToken);
}
