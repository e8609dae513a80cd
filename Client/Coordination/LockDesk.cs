namespace Orleans.Paxos.Client.Coordination;

/// <summary>Acquires locks of all kinds in sessions of this process.</summary>
internal sealed class LockDesk(CoordinationParts parts)
{
    /// <summary>The registers of locks.</summary>
    public LockRegisters Locks { get; } = parts.Locks;

    /// <summary>Acquires a lock, and closes the session that was opened for it if it does not get it.</summary>
    /// <param name="name">The lock's name.</param>
    /// <param name="options">The session and how long to wait.</param>
    /// <param name="bid">What is wanted in a session.</param>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="hold">Makes what is returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is held; null if the time is over.</returns>
    public async Task<THolding?> AcquireAsync<THolding>(
        string name, AcquireOptions? options, Func<Session, Bid> bid, TimeSpan? timeout, Func<Grant, Session, bool, THolding> hold, CancellationToken cancellationToken)
        where THolding : class
    {
        var given = options?.Session;
        options?.OwnSession.Validate();
        var session = given is null ? await Session.OpenAsync(parts, options?.OwnSession ?? new SessionOptions(), cancellationToken) : Own(given);
        THolding? held = null;
        try
        {
            var granted = await new Contender(parts, name, bid(session), session).AcquireAsync(timeout, cancellationToken);
            return held = granted is null ? null : hold(granted, session, given is null);
        }
        finally
        {
            if (held is null && given is null)
                await session.DisposeAsync();
        }
    }

    private static Session Own(ISession session) => session as Session
        ?? throw new ArgumentException("The session was not opened by this library. Open one with OpenSessionAsync.", nameof(session));
}
