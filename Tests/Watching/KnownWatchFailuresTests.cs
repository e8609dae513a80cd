using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>What went wrong with the watches of others, in terms of this one.</summary>
public sealed class KnownWatchFailuresTests
{
    private const int Mebibyte = 1024 * 1024;

    private readonly PaxosWorld _world = new();

    /// <summary>
    /// etcd issue 15271: a watch that was resumed after a partition, at a member that had been behind, was given events from before its
    /// revision. Here: a cursor goes on at a silo whose own log has events that the watcher saw long ago, at the cursor's position.
    /// </summary>
    [Fact]
    public async Task A_watch_that_goes_on_elsewhere_does_not_travel_back_in_time()
    {
        await _world.JoinAsync();
        var (other, silo) = (new WatchingSilo(_world), new WatchingSilo(_world));
        var before = other.Watch("");
        await before.NextAsync();
        await _world.WriteAsync("a", "1", "2", "3");
        await before.UntilAsync("a=3");

        var watcher = silo.Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("a", "4");
        await watcher.UntilAsync("a=4");
        watcher.MoveTo(other);
        await _world.WriteAsync("a", "5");
        await watcher.UntilAsync("a=5");
        Assert.Equal(["a=3", "a=4", "a=5"], watcher.Seen);
        Assert.Equal(1, watcher.Begun);
    }

    /// <summary>
    /// etcd issue 17529: a slow watcher whose next events were compacted skipped them without a word, and went on with newer ones. Here: the
    /// silo's log drops the events that a watcher has not fetched yet.
    /// </summary>
    [Fact]
    public async Task A_slow_watcher_whose_events_were_dropped_gets_them_or_begins_anew()
    {
        await _world.JoinAsync();
        var silo = new WatchingSilo(_world);
        var (slow, quick) = (silo.Watch(""), silo.Watch(""));
        await slow.NextAsync();
        await quick.NextAsync();
        await _world.WriteAsync("first", "1");
        await quick.UntilAsync("first=1");
        for (var number = 0; number < 65; number++)
        {
            await _world.WriteAsync($"r{number}", $"{number}".PadRight(Mebibyte));
            await quick.UntilAsync($"r{number}=" + $"{number}".PadRight(Mebibyte));
        }

        await slow.UntilAsync("first=1");
        await slow.UntilAsync(() => slow.Seen.Count == 66);
    }

    /// <summary>
    /// hashicorp/consul issue 7939: the index of a blocking query went backwards from one server to the next, and a client that asked with
    /// the old, higher one waited past every change. Here: a cursor is ahead of the log and of every feed, which all began anew.
    /// </summary>
    [Fact]
    public async Task A_cursor_that_is_ahead_of_everything_does_not_wait_for_it_to_catch_up()
    {
        await _world.JoinAsync();
        var watcher = new WatchingSilo(_world).Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("a", "1", "2", "3", "4", "5");
        await watcher.UntilAsync("a=5");
        foreach (var node in _world.Nodes.Values)
            node.Restart();
        await _world.WriteAsync("b", "1");
        watcher.MoveTo(new WatchingSilo(_world));
        await watcher.NextAsync();
        Assert.Equal(2, watcher.Begun);
        Assert.Contains("b=1", watcher.Seen);
        await _world.WriteAsync("b", "2");
        await watcher.UntilAsync("b=2");
    }
}
