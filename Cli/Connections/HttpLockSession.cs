using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>
/// A session that is renewed over HTTP, through any silo that answers. It counts its deadline from before the renewal was sent that succeeded last, so it is
/// lost here before anyone else can end it.
/// </summary>
internal sealed class HttpLockSession : ILockSession
{
    /// <summary>So many that two silos may fall silent one after the other before the session is endangered.</summary>
    private const int RenewalsInTimeToLive = 4;

    private const int PatienceShare = 8;
    private const int AttemptsInTimeToLive = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly HttpCoordination _silos;
    private readonly HttpTiming _timing;
    private readonly SessionAlarm _alarm;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _renewing;
    private volatile Lease _lease;
    private CancellationTokenSource _moved = new();
    private Uri _renewedBy;
    private Func<RegisterAddress, Uri>? _held;

    public HttpLockSession(HttpCoordination silos, HttpTiming timing, Guid id, TimeSpan timeToLive, Renewal opened)
    {
        (_silos, _timing, Id, TimeToLive, _lease, _renewedBy) = (silos, timing, id, timeToLive, opened.Lease!, opened.Server);
        _alarm = new SessionAlarm(timing.Time, timeToLive, () => _lease.Left(timing.Time));
        _renewing = RenewAsync();
    }

    public Guid Id { get; }

    public TimeSpan TimeToLive { get; }

    public TimeSpan Remaining => _alarm.Lost.IsCancellationRequested ? TimeSpan.Zero : _lease.Left(_timing.Time);

    public CancellationToken Endangered => _alarm.Endangered;

    public CancellationToken Lost => _alarm.Lost;

    /// <summary>How long one silo may take to answer, so that several can be asked before the session is lost.</summary>
    private TimeSpan Patience
    {
        get
        {
            var patience = TimeToLive / PatienceShare;
            var least = Shorter(TimeToLive / RenewalsInTimeToLive, LeastPatience);
            return Shorter(patience > least ? patience : least, _timing.RequestTimeout);
        }
    }

    public async Task<long?> LockAsync(string name, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var token = await AcquireAsync((chunk, ends) => _silos.LockAsync(name, Id, chunk, ends), wait, cancellationToken);
        _held = token is null ? null : address => address.Lock(name, $"?session={Id}&token={token}");
        return token;
    }

    public async Task<long?> CampaignAsync(string election, byte[] value, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var token = await AcquireAsync((chunk, ends) => _silos.CampaignAsync(election, value, Id, chunk, ends), wait, cancellationToken);
        _held = token is null ? null : address => address.Election(election, $"?session={Id}&token={token}");
        return token;
    }

    public async ValueTask DisposeAsync()
    {
        _alarm.Dispose();
        await _over.CancelAsync();
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (_held is not null && !_alarm.Lost.IsCancellationRequested)
                await _silos.ReleaseAsync(_held, Patience, CancellationToken.None);
            await _silos.EndAsync(Id, ask: false, Patience, CancellationToken.None);
        }
        catch (Exception exception) when (exception is NoAnswerException or AnswerLostException or QuorumUnavailableException)
        {
            // It is not renewed any more, so it ends by itself, and all that it holds is free.
        }
    }

    /// <summary>Asks again and again: a silo waits for a limited time, and one that no longer renews the session has nothing to say about locks either.</summary>
    private async Task<long?> AcquireAsync(Func<TimeSpan, CancellationToken, Task<long?>> acquire, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var startedAt = _timing.Time.GetTimestamp();
        while (true)
        {
            var left = wait - _timing.Time.GetElapsedTime(startedAt);
            var chunk = left is { } rest ? Shorter(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, LongestWait) : LongestWait;
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Lost, Volatile.Read(ref _moved).Token);
            try
            {
                if (await acquire(chunk, ends.Token) is { } token)
                    return token;
                if (chunk == left || left <= TimeSpan.Zero)
                    return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                if (Lost.IsCancellationRequested)
                    throw new SessionLostException(Id);
            }
            catch (Exception exception) when (exception.MayPass() && !(left <= TimeSpan.Zero))
            {
                await Task.Delay(Shorter(TimeToLive / AttemptsInTimeToLive, LongestPause), _timing.Time, cancellationToken);
            }
        }
    }

    private async Task RenewAsync()
    {
        var next = TimeToLive / RenewalsInTimeToLive;
        while (true)
        {
            await Task.Delay(next, _timing.Time, _over.Token);
            next = await TryRenewAsync() ? TimeToLive / RenewalsInTimeToLive : Shorter(TimeToLive / AttemptsInTimeToLive, LongestPause);
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            var renewal = await _silos.RenewAsync(Id, Patience, _over.Token);
            if (renewal.Lease is null)
            {
                _alarm.Endanger(); // it is not renewed any more, so what is left of its time is left to stop
                return false;
            }

            _lease = renewal.Lease;
            if (Interlocked.Exchange(ref _renewedBy, renewal.Server) != renewal.Server)
                await Interlocked.Exchange(ref _moved, new CancellationTokenSource()).CancelAsync();
            return true;
        }
        catch (SessionLostException)
        {
            _alarm.Lose();
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false; // the deadline passes whatever the reason is
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
