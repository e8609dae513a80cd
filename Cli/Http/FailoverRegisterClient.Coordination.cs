namespace Orleans.Paxos.Cli.Http;

internal sealed partial class FailoverRegisterClient
{
    /// <summary>
    /// Sends a request about sessions, locks or elections to one silo after the other, until one answers. To send it twice does no harm: sessions end by
    /// themselves, and a session gets what it holds already.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="at">Says where it goes.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="longest">How long to wait for the answer of each.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<HttpReply> ExchangeAsync(HttpMethod method, Func<RegisterAddress, Uri> at, byte[]? body, TimeSpan longest, CancellationToken cancellationToken) =>
        AskAsync(async silo =>
        {
            var sentAt = timing.Time.GetTimestamp();
            var answer = await silo.ExchangeAsync(method, at, body, longest, cancellationToken);
            return (int)answer.Status < 500 ? new HttpReply(answer, sentAt) : throw HttpProblems.ToException(answer);
        });

    /// <summary>Follows who leads.</summary>
    public IAsyncEnumerable<LeaderEvent> WatchElectionAsync(string name, CancellationToken cancellationToken) =>
        FollowAsync(new LeaderHttpWatch(name), cancellationToken);
}

/// <summary>An answer, and when the request was sent to which it answers.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="SentAt">The time stamp of just before it was sent.</param>
internal sealed record HttpReply(HttpAnswer Answer, long SentAt);
