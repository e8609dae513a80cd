using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>An acceptor's feed gives each item once, in order, or says that there is a gap.</summary>
public sealed class ChangeFeedTests
{
    private const int Capacity = 8;
    private static readonly Guid Id = new("aaaaaaaa-0000-0000-0000-000000000000");

    private readonly FakeTimeProvider _clock = new();
    private readonly ChangeFeed _feed;

    public ChangeFeedTests() => _feed = new ChangeFeed(Id, Capacity, _clock);

    [Fact]
    public async Task Items_come_once_and_in_order_across_the_end_of_the_ring()
    {
        var through = 0L;
        for (var version = 1; version <= 5 * Capacity; version++)
        {
            Add(version);
            if (version % 3 != 0)
                continue;
            var reply = await ReadAsync(through);
            Assert.Equal([version - 2L, version - 1, version], reply.Items.Select(item => item.Above));
            through = reply.Through;
        }
    }

    [Fact]
    public async Task Of_a_full_ring_every_item_comes_and_of_one_that_was_overrun_none()
    {
        for (var version = 1; version <= Capacity; version++)
            Add(version);
        Assert.Equal(Capacity, (await ReadAsync(0)).Items.Length);
        Add(Capacity + 1);
        var reply = await ReadAsync(0);
        Assert.Equal((true, 0, Capacity + 1L), (reply.HasGap, reply.Items.Length, reply.Through));
        Assert.Equal(Capacity, (await ReadAsync(1)).Items.Length);
    }

    [Fact]
    public async Task A_position_of_another_feed_or_beyond_the_end_is_a_gap()
    {
        Add(1);
        Assert.True((await _feed.ReadAsync(Guid.Empty, 0, TimeSpan.Zero)).HasGap);
        Assert.True((await ReadAsync(2)).HasGap);
    }

    [Fact]
    public async Task A_reader_at_the_end_waits_for_the_next_item()
    {
        var reading = _feed.ReadAsync(Id, 0, TimeSpan.FromSeconds(5));
        Assert.False(reading.IsCompleted);
        Add(1);
        Assert.Equal(1, Assert.Single((await reading).Items).Above);

        var waiting = ReadAsync(1, TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1L, 0, false), await PartsAsync(waiting));
    }

    private static async Task<(long Through, int Items, bool HasGap)> PartsAsync(Task<FeedReply> reading)
    {
        var reply = await reading;
        return (reply.Through, reply.Items.Length, reply.HasGap);
    }

    private void Add(long version) => _feed.Add(new FeedItem("r", new Ballot(version, Id), version));

    private Task<FeedReply> ReadAsync(long after, TimeSpan wait = default) => _feed.ReadAsync(Id, after, wait);
}
