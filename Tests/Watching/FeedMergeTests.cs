using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>A position of a feed counts as closed only when everything before it is.</summary>
public sealed class FeedMergeTests
{
    private static readonly Guid Feed = new("aaaaaaaa-0000-0000-0000-000000000000");

    private readonly FeedMerge _merge = new(acceptors: 3);

    [Fact]
    public void A_change_that_several_feeds_name_is_one_and_counts_them()
    {
        Join(0, 1);
        Take(0, ("a", 2));
        Take(1, ("a", 2));
        var change = Assert.Single(_merge.TakeWhere(_ => true));
        Assert.Equal(("a", 0b11UL, 2L), (change.Register, change.NamedBy, change.Ballot.Round));
        Assert.False(_merge.HasOpen);
    }

    [Fact]
    public void Of_two_ballots_the_higher_counts_and_the_lower_version_before_it()
    {
        Join(0, 1);
        Take(0, ("a", 2));
        Take(1, ("a", 5));
        var change = Assert.Single(_merge.TakeWhere(_ => true));
        Assert.Equal((0b10UL, 5L, 2L), (change.NamedBy, change.Ballot.Round, change.Above));
    }

    [Fact]
    public void A_feed_is_closed_through_the_first_change_that_is_open()
    {
        Join(0);
        Take(0, ("a", 1), ("b", 1), ("a", 2));
        var changes = _merge.TakeWhere(_ => true).ToDictionary(change => change.Register);
        Assert.Equal(0, _merge.ClosedThrough()[0].Through);
        changes["b"].Close();
        Assert.Equal(0, _merge.ClosedThrough()[0].Through);
        changes["a"].Close();
        Assert.Equal(new FeedMark(Feed, 3), _merge.ClosedThrough()[0]);
        Assert.Equal(default, _merge.ClosedThrough()[1]);
    }

    [Fact]
    public void What_is_not_open_closes_at_once()
    {
        Join(0);
        _merge.Take(0, Part(("a", 1), ("b", 1)), item => item.Register == "b", now: 0);
        Assert.Equal(1, _merge.ClosedThrough()[0].Through);
    }

    [Fact]
    public void A_change_named_after_it_was_handed_out_is_another_one()
    {
        Join(0);
        Take(0, ("a", 1));
        var first = Assert.Single(_merge.TakeWhere(_ => true));
        Take(0, ("a", 2));
        first.Close();
        Assert.Equal(1, _merge.ClosedThrough()[0].Through);
        Assert.Single(_merge.TakeWhere(_ => true)).Close();
        Assert.Equal(2, _merge.ClosedThrough()[0].Through);
    }

    [Fact]
    public void Each_join_is_another_one_even_of_the_same_feed()
    {
        Assert.Equal(0, _merge.JoinOf(0));
        Join(0);
        var first = _merge.JoinOf(0);
        Join(0);
        Assert.NotEqual(first, _merge.JoinOf(0));
        Assert.Equal([0], _merge.Followed);
    }

    private void Join(params int[] acceptors)
    {
        foreach (var acceptor in acceptors)
            _merge.Join(acceptor, new FeedMark(Feed, 0));
    }

    private void Take(int acceptor, params (string Register, long Round)[] items) => _merge.Take(acceptor, Part(items), _ => true, now: 0);

    private static FeedReply Part(params (string Register, long Round)[] items) =>
        new(Feed, [.. items.Select(item => new FeedItem(item.Register, new Ballot(item.Round, Feed), item.Round))], Through: 0, HasGap: false, IsEnd: true);
}
