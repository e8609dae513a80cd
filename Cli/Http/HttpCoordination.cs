using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Sessions, locks and elections over the HTTP interfaces of one silo or several, call by call.</summary>
/// <param name="silos">The silos.</param>
/// <param name="timing">How long to wait for answers that nothing depends on.</param>
internal sealed class HttpCoordination(FailoverRegisterClient silos, HttpTiming timing)
{
    private static readonly TimeSpan AnswerAfterWait = TimeSpan.FromSeconds(5);

    /// <summary>Opens a session.</summary>
    public async Task<(Guid Id, Renewal Opened)> OpenAsync(TimeSpan timeToLive, string owner, TimeSpan longest, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new SessionOpening(timeToLive.TotalSeconds, owner), WireJson.Relaxed.SessionOpening);
        var reply = await silos.ExchangeAsync(HttpMethod.Post, static address => address.Sessions, body, longest, cancellationToken);
        return reply.Answer.Status == HttpStatusCode.Created
            ? (reply.Answer.Read(WireJson.Relaxed.SessionMessage).Id, new Renewal(Lease.Of(reply), reply.Answer.Server))
            : throw HttpProblems.ToException(reply.Answer);
    }

    /// <summary>Renews a session.</summary>
    /// <exception cref="SessionLostException">The session has ended.</exception>
    public async Task<Renewal> RenewAsync(Guid session, TimeSpan longest, CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Put, address => address.Session(session), null, longest, cancellationToken);
        if (reply.Answer.IsSuccess)
            return new Renewal(Lease.Of(reply), reply.Answer.Server);
        return reply.Answer.IsProblemOf(Problem.SessionEnding) ? new Renewal(null, reply.Answer.Server) : throw Failure(reply.Answer, session);
    }

    /// <summary>Ends a session, or asks its owner to.</summary>
    /// <returns>Whether there was such a session.</returns>
    public async Task<bool> EndAsync(Guid session, bool ask, TimeSpan longest, CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Delete, address => address.Session(session, ask ? "?ask=true" : ""), null, longest, cancellationToken);
        return reply.Answer.IsSuccess || (reply.Answer.IsProblemOf(Problem.SessionLost) ? false : throw HttpProblems.ToException(reply.Answer));
    }

    /// <summary>Lists the sessions, page by page.</summary>
    public async IAsyncEnumerable<SessionInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<RegisterAddress, Uri>? next = static address => address.Sessions;
        while (next is not null)
        {
            var reply = await silos.ExchangeAsync(HttpMethod.Get, next, null, timing.RequestTimeout, cancellationToken);
            if (!reply.Answer.IsSuccess)
                throw HttpProblems.ToException(reply.Answer);
            var page = reply.Answer.Read(WireJson.Relaxed.SessionMessageArray);
            foreach (var session in page)
                yield return session.ToInfo();
            next = reply.Answer.HasNextPage && page.Length > 0 ? address => address.SessionsAfter(page[^1].Id) : null;
        }
    }

    /// <summary>Acquires a lock.</summary>
    /// <returns>The token; null if others held it for the time to wait.</returns>
    /// <exception cref="SessionLostException">The session has ended, or its end was asked for.</exception>
    public Task<long?> LockAsync(string name, Guid session, TimeSpan wait, CancellationToken cancellationToken) =>
        AcquireAsync(address => address.Lock(name, Waiting(session, wait)), null, session, wait, cancellationToken);

    /// <summary>Campaigns in an election.</summary>
    /// <returns>The token; null if others led for the time to wait.</returns>
    /// <exception cref="SessionLostException">The session has ended, or its end was asked for.</exception>
    public Task<long?> CampaignAsync(string name, byte[] value, Guid session, TimeSpan wait, CancellationToken cancellationToken) =>
        AcquireAsync(address => address.Election(name, Waiting(session, wait)), value, session, wait, cancellationToken);

    /// <summary>Releases a lock, or resigns. One that is not held any more is released.</summary>
    public async Task ReleaseAsync(Func<RegisterAddress, Uri> held, TimeSpan longest, CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Delete, held, null, longest, cancellationToken);
        if (!reply.Answer.IsSuccess && !reply.Answer.IsProblemOf(Problem.NotHeld))
            throw HttpProblems.ToException(reply.Answer);
    }

    /// <summary>Follows who leads.</summary>
    public IAsyncEnumerable<LeaderEvent> ObserveAsync(string name, CancellationToken cancellationToken) => silos.WatchElectionAsync(name, cancellationToken);

    private async Task<long?> AcquireAsync(Func<RegisterAddress, Uri> at, byte[]? body, Guid session, TimeSpan wait, CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Post, at, body, wait + AnswerAfterWait, cancellationToken);
        if (reply.Answer.IsSuccess)
            return reply.Answer.Read(WireJson.Relaxed.HeldMessage).Token;
        return reply.Answer.IsProblemOf(Problem.LockHeld) ? null : throw Failure(reply.Answer, session);
    }

    private static string Waiting(Guid session, TimeSpan wait) => FormattableString.Invariant($"?session={session}&wait={wait.TotalSeconds:0.###}");

    private static Exception Failure(HttpAnswer answer, Guid session)
    {
        if (answer.IsProblemOf(Problem.SessionLost) || answer.IsProblemOf(Problem.SessionEnding))
            return new SessionLostException(session);
        return answer.IsProblemOf(Problem.LockKind) ? new RefusedException(answer.Problem().Text) : HttpProblems.ToException(answer);
    }
}

/// <summary>How long its owner can count on a session: from before the request was sent that renewed it.</summary>
/// <param name="From">The time stamp of just before the request was sent.</param>
/// <param name="Length">How long since then.</param>
internal sealed record Lease(long From, TimeSpan Length)
{
    /// <exception cref="UnexpectedAnswerException">The answer does not say how long.</exception>
    public static Lease Of(HttpReply reply) => reply.Answer.Read(WireJson.Relaxed.SessionMessage).DeadlineSeconds is > 0 and < 1e6 and var seconds
        ? new Lease(reply.SentAt, TimeSpan.FromSeconds(seconds))
        : throw reply.Answer.Unexpected("it does not say how long the session can be counted on.");

    /// <summary>How long it is until then; zero if it has passed.</summary>
    public TimeSpan Left(TimeProvider time) => Length - time.GetElapsedTime(From) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}

/// <summary>The answer to a renewal.</summary>
/// <param name="Lease">The new lease; null if the end of the session was asked for.</param>
/// <param name="Server">Who answered.</param>
internal sealed record Renewal(Lease? Lease, Uri Server);
