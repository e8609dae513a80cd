using Orleans.Paxos.Cli.Errors;

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

    /// <summary>
    /// Sends a change of the acceptor set, which must not be sent twice: it goes to the next silo only if nothing was sent to the one before, or if that
    /// one says that nothing was changed.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="at">Says where it goes.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OutcomeUnknownException">The set may or may not have been changed.</exception>
    public Task SendOnceAsync(HttpMethod method, Func<RegisterAddress, Uri> at, byte[]? body, CancellationToken cancellationToken) =>
        AskAsync(async silo =>
        {
            try
            {
                return (await silo.ExchangeAsync(method, at, body, timing.RequestTimeout, cancellationToken)).Successful();
            }
            catch (Exception exception) when (exception is AnswerLostException or UnexpectedAnswerException)
            {
                throw new OutcomeUnknownException(
                    $"{exception.Message} Whether the acceptor set was changed is not known: look at its status before you change it again.", exception);
            }
        });

    /// <summary>Follows who leads.</summary>
    public IAsyncEnumerable<LeaderEvent> WatchElectionAsync(string name, CancellationToken cancellationToken) =>
        FollowAsync(new LeaderHttpWatch(name), cancellationToken);
}

/// <summary>An answer, and when the request was sent to which it answers.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="SentAt">The time stamp of just before it was sent.</param>
internal sealed record HttpReply(HttpAnswer Answer, long SentAt);
