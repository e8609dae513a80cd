using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Sessions, locks and elections through Orleans gateways.</summary>
internal sealed class GatewayLocks(ICoordination coordination, TimeProvider time) : ILockConnection
{
    private const string Lost = "The answer did not come in time. A session that was opened all the same ends by itself.";

    public async Task<ILockSession> OpenAsync(TimeSpan timeToLive, string owner, TimeSpan? longest, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(longest ?? Timeout.InfiniteTimeSpan, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var session = await coordination.OpenSessionAsync(new SessionOptions { TimeToLive = timeToLive, Owner = owner }, ends.Token);
            return new GatewayLockSession(coordination, session, time);
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or SessionLostException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AnswerLostException(Lost);
        }
    }

    public IAsyncEnumerable<SessionInfo> ListAsync(CancellationToken cancellationToken) => coordination.ListSessionsAsync(cancellationToken);

    public async Task<bool> EndAsync(Guid session, CancellationToken cancellationToken)
    {
        try
        {
            return await coordination.EndSessionAsync(session, cancellationToken);
        }
        catch (OutcomeUnknownException)
        {
            throw new AnswerLostException("The answer did not come in time. Ask again: to ask twice does no harm.");
        }
    }

    public IAsyncEnumerable<LeaderInfo<byte[]>?> ObserveAsync(string election, CancellationToken cancellationToken) =>
        coordination.Election<byte[]>(election).ObserveAsync(cancellationToken);
}

/// <summary>A session that the client library renews.</summary>
internal sealed class GatewayLockSession : ILockSession
{
    private readonly ICoordination _coordination;
    private readonly ISession _session;
    private readonly SessionAlarm _alarm;
    private readonly CancellationTokenRegistration _losing;
    private IHolding? _holding;

    public GatewayLockSession(ICoordination coordination, ISession session, TimeProvider time)
    {
        (_coordination, _session) = (coordination, session);
        _alarm = new SessionAlarm(time, session.TimeToLive, () => session.Remaining);
        _losing = session.Lost.Register(_alarm.Lose);
    }

    public Guid Id => _session.Id;

    public TimeSpan Remaining => _session.Remaining;

    public TimeSpan TimeToLive => _session.TimeToLive;

    public CancellationToken Endangered => _alarm.Endangered;

    public CancellationToken Lost => _alarm.Lost;

    public Task<long?> LockAsync(string name, TimeSpan? wait, CancellationToken cancellationToken) =>
        AcquireAsync(async options => await _coordination.Lock(name).AcquireAsync(options, cancellationToken), wait);

    public Task<long?> CampaignAsync(string election, byte[] value, TimeSpan? wait, CancellationToken cancellationToken) =>
        AcquireAsync(async options => await _coordination.Election<byte[]>(election).CampaignAsync(value, options, cancellationToken), wait);

    public async ValueTask DisposeAsync()
    {
        _losing.Dispose(); // closing the session is no loss
        _alarm.Dispose();
        if (_holding is not null)
            await _holding.DisposeAsync();
        await _session.DisposeAsync();
    }

    private async Task<long?> AcquireAsync(Func<AcquireOptions, Task<IHolding>> acquire, TimeSpan? wait)
    {
        try
        {
            _holding = await acquire(new AcquireOptions { Session = _session, Timeout = wait });
            return _holding.Token;
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (LockKindException exception)
        {
            throw new RefusedException(exception.Message);
        }
    }
}
