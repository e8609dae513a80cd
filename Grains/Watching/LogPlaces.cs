using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Finds where in this silo's log a watcher goes on that comes from another silo. Nothing is told before a majority has accepted it and named it
/// in their feeds. So what was told before a feed was asked for its end is not beyond that end. Pure.
/// </summary>
/// <param name="acceptors">How many acceptors there are.</param>
internal sealed class LogPlaces(int acceptors)
{
    /// <summary>Stands for no position.</summary>
    public const long Unknown = -1;

    private readonly FeedEnds[] _feeds = [.. Enumerable.Range(0, acceptors).Select(static _ => new FeedEnds(Guid.Empty))];

    /// <summary>Notes where a feed ended for a reader that has asked for it.</summary>
    /// <param name="acceptor">The acceptor.</param>
    /// <param name="end">The end of its feed.</param>
    /// <param name="askedAt">The end of the log when it was asked for.</param>
    /// <param name="dropped">How much the log has no longer.</param>
    public void Note(int acceptor, FeedMark end, long askedAt, long dropped)
    {
        if (_feeds[acceptor].Feed != end.Feed)
            _feeds[acceptor] = new FeedEnds(end.Feed);
        _feeds[acceptor].Add(end.Through, askedAt, dropped);
    }

    /// <summary>
    /// The last known position in the log that has this property: a watcher that has all that the feeds name up to these positions has
    /// all that was told before it. <see cref="Unknown"/> if there is none.
    /// </summary>
    public long Of(ImmutableArray<FeedMark> marks, Voters voters) => marks.Length != _feeds.Length
        ? Unknown
        : voters.ReachedByMajority(marks.Select((mark, acceptor) => new Vote<long>(acceptor, _feeds[acceptor].PlaceOf(mark)))) ?? Unknown;

    /// <summary>Where one feed ended.</summary>
    private sealed class FeedEnds(Guid feed)
    {
        private readonly Queue<(long Through, long AskedAt)> _ends = new();
        private long _lastAskedAt = Unknown;

        public Guid Feed => feed;

        public void Add(long through, long askedAt, long dropped)
        {
            if (askedAt <= _lastAskedAt)
                return;
            _lastAskedAt = askedAt;
            _ends.Enqueue((through, askedAt));
            while (_ends.TryPeek(out var oldest) && oldest.AskedAt < dropped)
                _ends.Dequeue();
        }

        public long PlaceOf(FeedMark mark) =>
            mark.Feed == feed
            ? _ends.TakeWhile(end => end.Through <= mark.Through).Select(static end => end.AskedAt).DefaultIfEmpty(Unknown).Last()
            : Unknown;
    }
}
