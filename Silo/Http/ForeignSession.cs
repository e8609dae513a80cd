using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// The session of a caller over HTTP, in whose name a lock is acquired. The caller renews it; this only looks at it. If the caller gives up, nothing is
/// taken back: it may have asked another silo already, which has told it that it holds the lock. It asks again, releases the lock, or ends its session.
/// </summary>
internal sealed class ForeignSession : IBidder, IAsyncDisposable
{
    private readonly CoordinationParts _parts;
    private readonly RegisterEntry _entry;
    private readonly SessionValue _value;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;

    private ForeignSession(CoordinationParts parts, Guid id, RegisterEntry entry, SessionValue value, bool mayWait)
    {
        (_parts, Id, _entry, _value) = (parts, id, entry, value);
        _watching = mayWait ? WatchAsync() : Task.CompletedTask;
    }

    public Guid Id { get; }

    public string Owner => _value.Owner;

    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether a write is under way that may still give the lock to the session.</summary>
    public bool MayStillGet { get; private set; }

    /// <summary>Finds an open session.</summary>
    /// <param name="parts">The registers.</param>
    /// <param name="id">The session's id.</param>
    /// <param name="mayWait">Whether the session is to be watched.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">The session has ended, or its end was asked for.</exception>
    public static async Task<ForeignSession> FindAsync(CoordinationParts parts, Guid id, bool mayWait, CancellationToken cancellationToken)
    {
        var entry = await parts.Sessions.ReadAsync(id, cancellationToken);
        return SessionValue.Of(entry) switch
        {
            { State: SessionState.Open } value => new ForeignSession(parts, id, entry!, value, mayWait),
            { State: SessionState.Ending } => throw new ProblemException(CoordinationProblems.SessionEnding(id)),
            _ => throw new ProblemException(CoordinationProblems.SessionLost(id)),
        };
    }

    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        SessionValue.Of(await _parts.Sessions.ReadAsync(Id, cancellationToken)) is { State: SessionState.Open };

    public void Holds(string name) => _parts.Keepers.Tell(new SessionRenewal(Id, _entry.Version, _value.TimeToLive, [name]));

    public bool TryHold(string name, long token) => true; // the caller knows what it has asked for

    public bool TryGiveUp(string name, long token) => true;

    public void ReleaseLater(Func<CancellationToken, Task> release) => MayStillGet = true;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
        _lost.Dispose();
    }

    /// <summary>If no majority answers, the session is still read before each attempt.</summary>
    private async Task WatchAsync()
    {
        await new SessionWatch(_parts, Id).UntilEndedAsync(_over.Token);
        await _lost.CancelAsync();
    }
}
