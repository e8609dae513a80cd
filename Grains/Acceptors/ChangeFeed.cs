using System.Runtime.InteropServices;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Names the registers of which an acceptor has got states, in order, in a ring in memory. A state is in it before anything is answered from
/// it, so the feeds of any majority name every register of which a version was chosen. Each activation begins a feed of its own.
/// </summary>
/// <param name="id">The feed's id, which was never used before.</param>
/// <param name="capacity">How many items it keeps.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChangeFeed(Guid id, int capacity, TimeProvider clock)
{
    /// <summary>How many items one answer has at most.</summary>
    private const int MostItems = 1024;

    private static readonly TimeSpan LongestWait = Protocol.LongPoll.LongestWait;

    private readonly FeedItem[] _ring = new FeedItem[capacity];
    private TaskCompletionSource? _grown;

    /// <summary>The position of the last item; 0 before the first.</summary>
    public long End { get; private set; }

    private long BeforeFirst => Math.Max(0, End - capacity);

    /// <summary>Adds a state, which is durable.</summary>
    public void Add(FeedItem item)
    {
        _ring[End++ % capacity] = item;
        var grown = _grown;
        _grown = null;
        grown?.SetResult();
    }

    /// <summary>Returns what follows a position, and waits for it for a while.</summary>
    public async Task<FeedReply> ReadAsync(Guid feed, long after, TimeSpan wait)
    {
        if (feed != id || after < BeforeFirst || after > End)
            return new FeedReply(id, [], End, HasGap: true, IsEnd: true);
        if (after < End || wait <= TimeSpan.Zero)
            return From(after);
        await WaitAsync(wait < LongestWait ? wait : LongestWait);
        return await ReadAsync(feed, after, TimeSpan.Zero);
    }

    private Task WaitAsync(TimeSpan wait) =>
        (_grown ??= new TaskCompletionSource()).Task.EndsWithinAsync(wait, clock, CancellationToken.None);

    private FeedReply From(long after)
    {
        var items = new FeedItem[Math.Min(MostItems, End - after)];
        for (var index = 0; index < items.Length; index++)
            items[index] = _ring[(after + index) % capacity];
        return new FeedReply(id, ImmutableCollectionsMarshal.AsImmutableArray(items), after + items.Length, HasGap: false, IsEnd: after + items.Length == End);
    }
}
