using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>While nobody watches a prefix, the feeds of the acceptors cost a write nothing but a place in a ring. All is counted.</summary>
public sealed class UnwatchedCostTests
{
    private const int Writes = 100;

    [Fact]
    public async Task A_write_has_no_messages_and_no_storage_operations_but_its_own()
    {
        var world = new PaxosWorld(inOneCommit: true);
        await world.JoinAsync();
        var register = world.NewRegister("r");
        await register.ChangeAsync(Requests.Set("first"));
        await world.QuietAsync();
        var messages = new ConcurrentBag<Type>();
        foreach (var node in world.Nodes.Values)
        {
            node.OnRequest = request =>
            {
                messages.Add(request.GetType());
                return Task.CompletedTask;
            };
        }

        var stored = world.Writes;
        for (var version = 1; version <= Writes; version++)
        {
            await register.ChangeAsync(Requests.Set("x", version));
            await world.QuietAsync(); // an acceptor that is late would write two of them at once
        }

        Assert.Equal((typeof(AcceptRequest), 3 * Writes), Assert.Single(messages.GroupBy(type => type).Select(group => (group.Key, group.Count()))));
        Assert.Equal(3 * Writes, world.Writes - stored);
    }

    [Fact]
    public void A_feed_that_nobody_reads_allocates_nothing_for_an_item()
    {
        var feed = new ChangeFeed(UniqueId.New(), Acceptor.FeedItems, new FakeTimeProvider());
        var item = new FeedItem("r", new Ballot(1, UniqueId.New()), 0);
        feed.Add(item);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var added = 0; added < 3 * Acceptor.FeedItems; added++)
            feed.Add(item);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
