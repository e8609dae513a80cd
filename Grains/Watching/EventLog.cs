namespace Orleans.Paxos.Watching;

/// <summary>What is new on one silo, in the order in which it was found out, in a ring in memory.</summary>
/// <param name="id">The log's id, which was never used before.</param>
internal sealed class EventLog(Guid id)
{
    private const int MostEvents = 64 * 1024;
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>
    /// How many bytes of values a watcher is told at once, if it is more than one event. A thousand watchers may ask at the same time, and all
    /// that they are told waits to be sent together.
    /// </summary>
    public const long MostBytesInBatch = 64 * 1024;

    private readonly LoggedEvent[] _ring = new LoggedEvent[MostEvents];
    private long _bytes;
    private TaskCompletionSource _grown = new();

    public Guid Id => id;

    /// <summary>The position after the last event.</summary>
    public long End { get; private set; }

    /// <summary>The position before which it has no events any more.</summary>
    public long Dropped { get; private set; }

    /// <summary>Ends when the next event is added.</summary>
    public Task Grown => _grown.Task;

    /// <summary>Adds an event.</summary>
    /// <param name="added">The event.</param>
    /// <param name="marks">Up to where the feeds were closed before it.</param>
    public void Add(PrefixEvent added, ImmutableArray<FeedMark> marks)
    {
        Append(new LoggedEvent(added, added.Versions.ValueBytes(), marks));
        var grown = _grown;
        _grown = new TaskCompletionSource();
        grown.SetResult();
    }

    /// <summary>Ends what went before: a position that was returned earlier is before the one that this returns.</summary>
    public long BeginAnew()
    {
        Append(default);
        return End;
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
            if (each is null || !RegisterName.IsBelow(each.Name, prefix))
                continue;
            if (found.Count > 0 && bytes + size > MostBytesInBatch)
                return new EventPart(found.ToImmutable(), position, before);
            found.Add(each);
            bytes += size;
        }

        return new EventPart(found.ToImmutable(), End, marks);
    }

    private void Append(LoggedEvent added)
    {
        while (End - Dropped == MostEvents || (_bytes + added.Bytes > MostBytes && End > Dropped))
            DropFirst();
        _ring[End++ % MostEvents] = added;
        _bytes += added.Bytes;
    }

    private void DropFirst()
    {
        ref var first = ref _ring[Dropped++ % MostEvents];
        _bytes -= first.Bytes;
        first = default;
    }

    private readonly record struct LoggedEvent(PrefixEvent? Event, long Bytes, ImmutableArray<FeedMark> Before);
}

/// <summary>A part of an <see cref="EventLog"/>.</summary>
/// <param name="Events">The events.</param>
/// <param name="Through">The position after the last of them.</param>
/// <param name="Marks">Up to where the feeds were closed there.</param>
internal readonly record struct EventPart(ImmutableArray<PrefixEvent> Events, long Through, ImmutableArray<FeedMark> Marks);
