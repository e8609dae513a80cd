using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>The log of a silo gives each watcher what follows a position, and bounds what it keeps.</summary>
public sealed class EventLogTests
{
    private readonly EventLog _log = new(UniqueId.New());

    [Fact]
    public void A_watcher_gets_what_is_below_its_prefix_and_follows_its_position()
    {
        Add("a/1", "b/1", "a/2", "a/3");
        var part = _log.After(1, "a/", Marks(9));
        Assert.Equal(["a/2", "a/3"], Names(part));
        Assert.Equal((4L, 9L), (part.Through, part.Marks[0].Through));
        Assert.Empty(_log.After(4, "a/", Marks(9)).Events);
    }

    [Fact]
    public void What_does_not_fit_into_an_answer_follows_with_the_marks_of_its_time()
    {
        for (var number = 0; number < 5; number++)
            _log.Add(Event($"r{number}", bytes: 25_000), Marks(number));
        var first = _log.After(0, "", Marks(9));
        Assert.Equal(["r0", "r1"], Names(first));
        Assert.Equal((2L, 2L), (first.Through, first.Marks[0].Through));
        Assert.Equal(["r2", "r3"], Names(_log.After(first.Through, "", Marks(9))));
    }

    [Fact]
    public void The_oldest_events_leave_when_there_are_too_many()
    {
        for (var number = 0; number < 65_537; number++)
            _log.Add(Event("r", bytes: 0), Marks(0));
        Assert.Equal((1L, 65_537L), (_log.Dropped, _log.End));
        Assert.Equal(65_536, _log.After(1, "", Marks(0)).Events.Length);
    }

    [Fact]
    public void The_oldest_events_leave_when_they_are_too_large()
    {
        var value = new byte[8 * 1024 * 1024];
        for (var number = 0; number < 10; number++)
            _log.Add(Event("r", value), Marks(0));
        Assert.Equal(2, _log.Dropped);
    }

    private void Add(params string[] names)
    {
        foreach (var name in names)
            _log.Add(Event(name, bytes: 1), Marks(0));
    }

    private static IEnumerable<string> Names(EventPart part) => part.Events.Select(each => each.Name);

    private static PrefixEvent Event(string name, int bytes) => Event(name, new byte[bytes]);

    private static PrefixEvent Event(string name, byte[] value) =>
        new(name, new WatchBatch([new RegisterEntry(1, value, Deleted: false, Guid.Empty, default)], 0));

    private static ImmutableArray<FeedMark> Marks(long through) => [new FeedMark(Guid.Empty, through)];
}
