namespace Orleans.Paxos.Watching;

/// <summary>
/// Merges the feeds of the acceptors into the changes that are open, and knows up to where each feed is closed. Pure: the caller reads
/// the feeds and closes the changes.
/// </summary>
/// <param name="acceptors">How many acceptors there are.</param>
internal sealed class FeedMerge(int acceptors)
{
    private readonly Feed[] _feeds = [.. Enumerable.Range(0, acceptors).Select(static _ => new Feed())];
    private readonly Dictionary<string, OpenChange> _open = [];
    private int _joins;

    /// <summary>Whether changes wait to be handed out.</summary>
    public bool HasOpen => _open.Count > 0;

    /// <summary>The acceptors whose feed is followed.</summary>
    public IEnumerable<int> Followed => Enumerable.Range(0, acceptors).Where(acceptor => _feeds[acceptor].Join > 0);

    /// <summary>Tells apart the times that the feed of an acceptor was joined. Since the last one, nothing of it was missed. 0 if it is not followed.</summary>
    public int JoinOf(int acceptor) => _feeds[acceptor].Join;

    /// <summary>The feed of an acceptor and the position up to which it was read; an empty id if it is not followed.</summary>
    public FeedMark ReadThrough(int acceptor) => new(_feeds[acceptor].Id, _feeds[acceptor].Through);

    /// <summary>For each acceptor, the position before which everything that its feed named is closed.</summary>
    public ImmutableArray<FeedMark> ClosedThrough() => [.. _feeds.Select(static feed => new FeedMark(feed.Id, feed.ClosedThrough()))];

    /// <summary>Follows a feed from a position on. What an earlier feed of the acceptor named stays open until it is closed.</summary>
    public void Join(int acceptor, FeedMark at) => _feeds[acceptor] = new Feed { Join = ++_joins, Id = at.Feed, Through = at.Through };

    /// <summary>Takes in a part of a feed that follows what was read of it.</summary>
    /// <param name="acceptor">The acceptor.</param>
    /// <param name="part">The part.</param>
    /// <param name="isOpen">Whether a state is of interest and not known to be closed.</param>
    /// <param name="now">The time.</param>
    public void Take(int acceptor, FeedReply part, Func<FeedItem, bool> isOpen, long now)
    {
        var feed = _feeds[acceptor];
        foreach (var item in part.Items)
        {
            feed.Through++;
            if (!isOpen(item))
                continue;
            if (!_open.TryGetValue(item.Register, out var change))
                _open.Add(item.Register, change = new OpenChange(item.Register, now));
            change.Name(acceptor, item);
            feed.Open.Enqueue((feed.Through, change));
        }
    }

    /// <summary>Hands out the changes that are to be closed now. What is named of their registers from now on is another change.</summary>
    public IReadOnlyList<OpenChange> TakeWhere(Func<OpenChange, bool> isDue)
    {
        var due = _open.Values.Where(isDue).ToList();
        foreach (var change in due)
            _open.Remove(change.Register);
        return due;
    }

    private sealed class Feed
    {
        public int Join { get; init; }

        public Guid Id { get; init; }

        public long Through { get; set; }

        public Queue<(long Position, OpenChange Change)> Open { get; } = new();

        public long ClosedThrough()
        {
            while (Open.TryPeek(out var first) && first.Change.IsClosed)
                Open.Dequeue();
            return Open.TryPeek(out var open) ? open.Position - 1 : Through;
        }
    }
}
