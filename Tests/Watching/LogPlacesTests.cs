using Orleans.Paxos.Protocol;
using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>A watcher goes on at a place in the log before which it has everything.</summary>
public sealed class LogPlacesTests
{
    private static readonly Guid Feed = new("aaaaaaaa-0000-0000-0000-000000000000");

    private readonly LogPlaces _places = new(acceptors: 3);

    [Fact]
    public void It_is_the_last_at_which_the_ends_of_a_majority_of_feeds_were_not_beyond_the_watcher()
    {
        foreach (var acceptor in new[] { 0, 1, 2 })
        {
            Note(acceptor, end: 10, askedAt: 5);
            Note(acceptor, end: 20, askedAt: 8);
        }

        Assert.Equal(5, PlaceOf(10, 10, 10));
        Assert.Equal(5, PlaceOf(19, 10, 0));
        Assert.Equal(8, PlaceOf(20, 20, 0));
        Assert.Equal(5, PlaceOf(20, 10, 0));
        Assert.Equal(LogPlaces.Unknown, PlaceOf(20, 9, 9));
    }

    [Fact]
    public void A_feed_that_was_asked_again_before_anything_was_told_keeps_its_earlier_end()
    {
        foreach (var acceptor in new[] { 0, 1, 2 })
        {
            Note(acceptor, end: 10, askedAt: 5);
            Note(acceptor, end: 15, askedAt: 5);
        }

        Assert.Equal(5, PlaceOf(10, 10, 10));
    }

    [Fact]
    public void It_is_unknown_for_another_feed_and_for_none()
    {
        foreach (var acceptor in new[] { 0, 1, 2 })
            Note(acceptor, end: 10, askedAt: 5);
        Assert.Equal(LogPlaces.Unknown, _places.Of([new(UniqueId.New(), 50), default, new(Feed, 50)], Voters.Of(3)));
        Assert.Equal(LogPlaces.Unknown, _places.Of([new(Feed, 50)], Voters.Of(3)));
        Assert.Equal(LogPlaces.Unknown, new LogPlaces(acceptors: 1).Of([default], Voters.Of(1)));
        _places.Note(0, new FeedMark(UniqueId.New(), 1), askedAt: 6, dropped: 0);
        _places.Note(1, new FeedMark(UniqueId.New(), 1), askedAt: 6, dropped: 0);
        Assert.Equal(LogPlaces.Unknown, PlaceOf(50, 50, 50));
    }

    [Fact]
    public void Places_that_the_log_has_no_longer_are_forgotten()
    {
        _places.Note(0, new FeedMark(Feed, 10), askedAt: 5, dropped: 0);
        _places.Note(0, new FeedMark(Feed, 20), askedAt: 9, dropped: 6);
        Assert.Equal(LogPlaces.Unknown, _places.Of([new(Feed, 10), default, default], JustTheFirst));
        Assert.Equal(9, _places.Of([new(Feed, 20), default, default], JustTheFirst));
        _places.Note(0, new FeedMark(Feed, 30), askedAt: 10, dropped: 11);
        Assert.Equal(LogPlaces.Unknown, _places.Of([new(Feed, 30), default, default], JustTheFirst));
    }

    private void Note(int acceptor, long end, long askedAt) => _places.Note(acceptor, new FeedMark(Feed, end), askedAt, dropped: 0);

    private static Voters JustTheFirst { get; } = new(Members: 1, Former: 0, Since: 1);

    private long PlaceOf(params long[] through) => _places.Of([.. through.Select(each => new FeedMark(Feed, each))], Voters.Of(3));
}
