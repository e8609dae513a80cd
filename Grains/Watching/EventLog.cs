namespace Orleans.Paxos.Watching;

/// <summary>What is new on one silo, in the order in which it was found out, in a ring in memory.</summary>
/// <param name="id">The log's id, which was never used before.</param>
internal sealed class EventLog(Guid id)
{
    private const int MostEvents = 64 * 1024;
    private const long MostBytes = 64 * 1024 * 1024;
    private const int MostBytesInBatch = 1024 * 1024;

    private readonly LoggedEvent[] _ring = new LoggedEvent[MostEvents];
    private long _bytes;
    private TaskCompletionSource _grown = new();

    public Guid Id => id;

    /// <summary>How many events it has had.</summary>
    public long End { get; private set; }

    /// <summary>How many of them it has no longer.</summary>
    public long Dropped { get; private set; }

    /// <summary>Ends when the next event is added.</summary>
    public Task Grown => _grown.Task;

    /// <summary>Adds an event.</summary>
    /// <param name="added">The event.</param>
    /// <param name="marks">Up to where the feeds were closed before it.</param>
    public void Add(PrefixEvent added, ImmutableArray<FeedMark> marks)
    {
        var bytes = added.Versions.ValueBytes();
        while (End - Dropped == MostEvents || (_bytes + bytes > MostBytes && End > Dropped))
            DropFirst();
        _ring[End++ % MostEvents] = new LoggedEvent(added, bytes, marks);
        _bytes += bytes;
        var grown = _grown;
        _grown = new TaskCompletionSource();
        grown.SetResult();
    }

    /// <summary>Returns the events below a prefix that follow a position, as many as fit into one answer.</summary>
    /// <param name="after">The position, which must not be dropped.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="marks">Up to where the feeds are closed now.</param>
    public EventPart After(long after, string prefix, ImmutableArray<FeedMark> marks)
    {
        var found = ImmutableArray.CreateBuilder<PrefixEvent>();
        var bytes = 0L;
        for (var position = after; position < End; position++)
        {
            var (each, size, before) = _ring[position % MostEvents];
            if (!each.Name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            if (found.Count > 0 && bytes + size > MostBytesInBatch)
                return new EventPart(found.ToImmutable(), position, before);
            found.Add(each);
            bytes += size;
        }

        return new EventPart(found.ToImmutable(), End, marks);
    }

    private void DropFirst()
    {
        ref var first = ref _ring[Dropped++ % MostEvents];
        _bytes -= first.Bytes;
        first = default;
    }

    private readonly record struct LoggedEvent(PrefixEvent Event, long Bytes, ImmutableArray<FeedMark> Before);
}

/// <summary>A part of an <see cref="EventLog"/>.</summary>
/// <param name="Events">The events.</param>
/// <param name="Through">The position after the last of them.</param>
/// <param name="Marks">Up to where the feeds were closed there.</param>
internal readonly record struct EventPart(ImmutableArray<PrefixEvent> Events, long Through, ImmutableArray<FeedMark> Marks);
