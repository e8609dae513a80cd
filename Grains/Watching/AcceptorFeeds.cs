using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Reads the feeds of acceptors. Not through <see cref="AcceptorPeer"/>: a question that waits for something new would make an acceptor look
/// silent.
/// </summary>
internal sealed class AcceptorFeeds(PeerSet peers, PaxosOptions options)
{
    /// <summary>Asks an acceptor for what follows a position in its feed, and waits for it for a while; null when it does not answer.</summary>
    public async Task<FeedReply?> ReadAsync(int acceptor, FeedMark after, TimeSpan wait)
    {
        var request = new FeedRequest(peers.Id, after.Feed, after.Through, wait);
        var reply = SendAsync(acceptor, request);
        if (await reply.EndsWithinAsync(wait + options.AcceptorTimeout, peers.Clock, CancellationToken.None) && reply.IsCompletedSuccessfully)
            return reply.Result;
        reply.Abandon();
        return null;
    }

    /// <summary>Returns all that follows a position; null when the acceptor does not answer or has a gap.</summary>
    public async Task<List<FeedItem>?> ReadToEndAsync(int acceptor, FeedMark after)
    {
        var items = new List<FeedItem>();
        while (await ReadAsync(acceptor, after, TimeSpan.Zero) is { HasGap: false } part)
        {
            items.AddRange(part.Items);
            if (part.IsEnd)
                return items;
            after = after with { Through = part.Through };
        }

        return null;
    }

    private async Task<FeedReply> SendAsync(int acceptor, FeedRequest request) => await peers.All[acceptor].Acceptor.FeedAsync(request);
}
