using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Watchers that begin at the same time share the reading of the current entries, and none gets an entry that is too old for it.</summary>
public sealed class SharedListingTests
{
    private const int Registers = 20;

    private readonly PaxosWorld _world = new(configure: options => options.AcceptorTimeout = options.ProposalTimeout = TimeSpan.FromSeconds(30));
    private readonly WatchingSilo _silo;
    private int _listings;

    public SharedListingTests() => _silo = new WatchingSilo(_world);

    [Fact]
    public async Task Fifty_watchers_that_begin_together_list_twice()
    {
        await _world.JoinAsync();
        foreach (var number in Enumerable.Range(0, Registers))
            await _world.WriteAsync($"app/{number}", "1");
        await _silo.AskAsync("app/", "");

        var gate = new TaskCompletionSource();
        HoldListings(gate.Task);
        var begun = Enumerable.Range(0, 50).Select(_ => _silo.AskAsync("app/", "")).ToList();
        await _silo.SettleAsync();
        gate.SetResult();
        Assert.All(await Task.WhenAll(begun), batch => Assert.Equal((Registers, true, true), (batch.Events.Length, batch.Begins, batch.Listed)));
        Assert.Equal(2 * _world.Set.Names.Length, _listings);
    }

    [Fact]
    public async Task Watchers_that_began_together_share_pages_although_they_ask_one_after_another()
    {
        await _world.JoinAsync();
        foreach (var name in new[] { "app/a", "app/b", "app/c" })
            await _world.WriteAsync(name, new string('x', 1024 * 1024));
        List<CheckedWatcher> together = [.. Enumerable.Range(0, 10).Select(_ => _silo.Watch("app/"))];
        await Task.WhenAll(together.Select(watcher => watcher.NextAsync()));
        HoldListings(Task.CompletedTask);
        foreach (var watcher in together)
            await watcher.UntilAsync(() => watcher.Seen.Count == 3);
        var pages = _listings;
        await _silo.Watch("app/").NextAsync();
        Assert.InRange(pages, 2 * _world.Set.Majority, 2 * _world.Set.Names.Length);
        Assert.InRange(_listings - pages, _world.Set.Majority, _world.Set.Names.Length);
    }

    [Fact]
    public async Task A_watcher_that_begins_while_another_is_listing_gets_what_was_told_before_it_began()
    {
        await _world.JoinAsync();
        await _world.WriteAsync("app/a", "1", "2");
        await _world.QuietAsync();
        var early = _silo.Watch("app/");
        await early.NextAsync();

        var (held, gate) = (new SemaphoreSlim(0), new TaskCompletionSource());
        HoldReads(held, gate.Task);
        var listing = _silo.AskAsync("app/", "");
        await held.WaitAsync(TestContext.Current.CancellationToken);
        foreach (var node in _world.Nodes.Values)
            node.OnReply = null;
        await _world.WriteAsync("app/a", "3");
        await early.UntilAsync("app/a=3");

        var late = _silo.Watch("app/");
        var beginning = late.NextAsync();
        await _silo.SettleAsync();
        gate.SetResult();
        await Task.WhenAll(listing, beginning);
        Assert.Equal(["app/a=3"], late.Seen);
    }

    /// <summary>Holds up listings on their way to the acceptors, and counts them.</summary>
    private void HoldListings(Task until)
    {
        foreach (var node in _world.Nodes.Values)
        {
            node.OnRequest = request =>
            {
                if (request is not ListRequest)
                    return Task.CompletedTask;
                Interlocked.Increment(ref _listings);
                return until;
            };
        }
    }

    /// <summary>Holds up what acceptors have read.</summary>
    private void HoldReads(SemaphoreSlim held, Task until)
    {
        foreach (var node in _world.Nodes.Values)
        {
            node.OnReply = reply =>
            {
                if (reply is not ReadReply)
                    return Task.CompletedTask;
                held.Release();
                return until;
            };
        }
    }
}
