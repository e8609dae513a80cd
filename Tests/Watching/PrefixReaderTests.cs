using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Each watcher of a prefix gets every version of every register once and in order, or learns why not.</summary>
public sealed class PrefixReaderTests
{
    private readonly PaxosWorld _world = new();

    [Fact]
    public async Task A_watch_begins_with_the_current_entries_and_goes_on_with_each_version()
    {
        await _world.JoinAsync();
        await _world.WriteAsync("app/a", "1", "2");
        await _world.WriteAsync("other", "1");
        var watcher = NewSilo().Watch("app/");
        await watcher.NextAsync();
        Assert.Equal(1, watcher.Begun);
        Assert.Equal(["app/a=2"], watcher.Seen);

        await _world.WriteAsync("app/b", "1", "2");
        await _world.WriteAsync("other", "2");
        await _world.WriteAsync("app/a", "3");
        await watcher.UntilAsync("app/a=3");
        await watcher.UntilAsync("app/b=2");
        Assert.Equal(1, watcher.Begun);
        Assert.Equal(["app/a=2", "app/a=3", "app/b=1", "app/b=2"], watcher.Seen.Order());
    }

    [Fact]
    public async Task Watchers_of_several_prefixes_share_a_reader()
    {
        await _world.JoinAsync();
        var silo = NewSilo();
        var (all, some) = (silo.Watch(""), silo.Watch("app/x/"));
        await all.NextAsync();
        await _world.WriteAsync("app/x/1", "1");
        await some.NextAsync();
        await _world.WriteAsync("app/y", "1");
        await _world.WriteAsync("app/x/1", "2");
        await Task.WhenAll(all.UntilAsync("app/x/1=2"), some.UntilAsync("app/x/1=2"));
        await all.UntilAsync("app/y=1");
        Assert.Equal(["app/x/1=1", "app/x/1=2", "app/y=1"], all.Seen.Order());
        Assert.Equal(["app/x/1=1", "app/x/1=2"], some.Seen);
    }

    [Fact]
    public async Task A_cursor_goes_on_at_another_silo()
    {
        await _world.JoinAsync();
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        await _world.WriteAsync("a", "2", "3");
        await _world.WriteAsync("b", "1");
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=3");
        await watcher.UntilAsync("b=1");
        await _world.WriteAsync("b", "2");
        await watcher.UntilAsync("b=2");
        Assert.Equal(1, watcher.Begun);
        Assert.Equal(["a=1", "a=2", "a=3", "b=1", "b=2"], watcher.Seen.Order());
    }

    [Fact]
    public async Task A_silo_that_has_told_it_already_reads_nothing_for_a_cursor_of_another()
    {
        var (behind, ahead, other) = await WatchAtTwoSilosAsync();
        await _world.WriteAsync("a", "4");
        await _world.WriteAsync("b", "1");
        await other.UntilAsync("a=4");
        await other.UntilAsync("b=1");

        var questions = 0;
        foreach (var node in _world.Nodes.Values)
            node.OnRequest = request => Task.FromResult(request is FeedRequest ? 0 : Interlocked.Increment(ref questions));
        behind.MoveTo(ahead);
        await behind.UntilAsync("a=4");
        await behind.UntilAsync("b=1");
        Assert.Equal(0, questions);
        Assert.Equal((1, "a=1 a=2 a=3 a=4 b=1"), (behind.Begun, string.Join(' ', behind.Seen.Order())));
    }

    [Fact]
    public async Task What_a_silo_told_while_an_answer_of_a_feed_was_under_way_is_not_taken_for_part_of_it()
    {
        var (behind, ahead, other) = await WatchAtTwoSilosAsync();
        var (held, gate) = (new SemaphoreSlim(0), new TaskCompletionSource());
        foreach (var node in new[] { _world.Node(1), _world.Node(2) })
            node.OnReply = reply => reply is FeedReply { Items.IsEmpty: true } && held.Release() >= 0 ? gate.Task : Task.CompletedTask;
        for (var answer = 0; answer < 4; answer++)
            Assert.True(await held.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await _world.WriteAsync("a", "told");
        await other.UntilAsync("a=told");
        gate.SetResult();
        await _world.WriteAsync("b", "1");
        await other.UntilAsync("b=1");
        behind.MoveTo(ahead);
        await behind.UntilAsync("a=told");
        Assert.Equal(1, behind.Begun);
    }

    [Fact]
    public async Task What_a_silo_told_is_not_taken_for_part_of_the_feed_of_an_acceptor_that_has_not_accepted_it()
    {
        var (behind, ahead, other) = await WatchAtTwoSilosAsync();
        LoseAll<AcceptRequest>(_world.Node(1));
        await _world.WriteAsync("a", "told");
        await other.UntilAsync("a=told");
        var asked = new SemaphoreSlim(0);
        _world.Node(1).OnRequest = request => request is AcceptRequest
            ? throw new TimeoutException("The message was lost.")
            : Task.FromResult(request is FeedRequest ? asked.Release() : 0);
        for (var question = 0; question < 6; question++)
            Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        behind.MoveTo(ahead);
        await behind.UntilAsync("a=told");
        Assert.Equal(1, behind.Begun);
    }

    [Fact]
    public async Task A_watcher_that_has_some_of_the_current_entries_gets_the_others_at_another_silo()
    {
        await _world.JoinAsync();
        foreach (var name in new[] { "a", "b", "c" })
            await _world.WriteAsync(name, new string(name[0], 1024 * 1024));
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        Assert.Single(watcher.Seen);
        await _world.WriteAsync("a", "2");
        await _world.WriteAsync("c", "2");
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("c=2");
        await watcher.UntilAsync("a=2");
        Assert.Equal((1, 4), (watcher.Begun, watcher.Seen.Count));
    }

    [Fact]
    public async Task Who_comes_back_after_nobody_watched_for_a_while_misses_nothing()
    {
        var clock = new ShiftedClock();
        var world = new PaxosWorld(clock: clock);
        await world.JoinAsync();
        var silo = new WatchingSilo(world);
        var watcher = silo.Watch("");
        await watcher.NextAsync();
        await world.WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        await watcher.NextAsync();
        clock.Advance(TimeSpan.FromMinutes(2));
        await world.QuietAsync();
        await world.WriteAsync("a", "2");
        watcher.MoveTo(silo);
        await watcher.UntilAsync("a=2");
        Assert.Equal(["a=1", "a=2"], watcher.Seen);
    }

    [Fact]
    public async Task Nothing_is_missed_while_acceptors_restart_one_after_another()
    {
        await _world.JoinAsync();
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        for (var round = 1; round <= 9; round++)
        {
            _world.Node((round % 3) + 1).Restart();
            await _world.WriteAsync("a", $"{round}");
            await _world.WriteAsync($"b{round}", "1");
        }

        await watcher.UntilAsync("a=9");
        await watcher.UntilAsync("b9=1");
        Assert.Equal(1, watcher.Begun);
        Assert.Equal([.. Enumerable.Range(1, 9).Select(round => $"a={round}"), .. Enumerable.Range(1, 9).Select(round => $"b{round}=1")], watcher.Seen.Order());
    }

    [Fact]
    public async Task A_cursor_from_before_all_feeds_begins_anew()
    {
        await _world.JoinAsync();
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        foreach (var node in _world.Nodes.Values)
            node.Restart();
        await _world.WriteAsync("a", "2");
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=2");
        Assert.Equal(2, watcher.Begun);
    }

    [Fact]
    public async Task A_state_of_one_acceptor_that_a_late_message_could_choose_is_told_or_never_chosen()
    {
        var watcher = await WatchOneWrittenAsync();
        var accept = await PrepareAsync("a", "2");
        Assert.True((await _world.Node(1).AcceptAsync(accept)).Accepted);
        for (var poll = 0; poll < 6; poll++)
            await watcher.NextAsync();
        if ((await _world.Node(2).AcceptAsync(accept)).Accepted)
            await watcher.UntilAsync("a=2");
        await _world.WriteAsync("b", "1");
        await watcher.UntilAsync("b=1");
    }

    [Fact]
    public async Task A_state_from_before_its_feed_was_joined_is_told_even_if_the_feed_that_names_it_is_lost()
    {
        await _world.JoinAsync();
        await _world.WriteAsync("a", "1");
        var accept = await PrepareAsync("a", "2");
        Assert.True((await _world.Node(3).AcceptAsync(accept)).Accepted);
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        LoseFeed(_world.Node(2));
        await _world.Node(2).AcceptAsync(accept);
        await watcher.UntilAsync("a=2");
    }

    [Fact]
    public async Task A_feed_that_begins_anew_counts_only_after_its_acceptor_was_listed_again()
    {
        var watcher = await WatchOneWrittenAsync();
        var accept = await PrepareAsync("a", "2");
        await AcceptUnnamedAsync(_world.Node(3), accept, watcher);
        LoseFeed(_world.Node(2));
        Assert.True((await _world.Node(2).AcceptAsync(accept)).Accepted);
        await watcher.UntilAsync("a=2");
    }

    [Fact]
    public async Task A_cursor_has_no_mark_of_a_feed_whose_acceptor_was_not_listed()
    {
        var watcher = await WatchOneWrittenAsync();
        var accept = await PrepareAsync("a", "2");
        await AcceptUnnamedAsync(_world.Node(3), accept, watcher);
        LoseAll<ListRequest>(_world.Node(3));
        for (var poll = 0; poll < 6; poll++)
            await watcher.NextAsync();
        LoseFeed(_world.Node(2));
        Assert.True((await _world.Node(2).AcceptAsync(accept)).Accepted);
        _world.Node(3).OnRequest = null;
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=2");
        Assert.Equal(2, watcher.Begun);
    }

    [Fact]
    public async Task A_minority_of_feeds_covers_nothing()
    {
        await _world.JoinAsync();
        LoseFeed(_world.Node(2));
        LoseFeed(_world.Node(3));
        _world.Options.ProposalTimeout = TimeSpan.FromMilliseconds(200);
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => NewSilo().AskAsync("", ""));
    }

    [Fact]
    public async Task A_minority_of_the_feeds_of_a_cursor_is_not_enough_to_go_on()
    {
        await _world.JoinAsync();
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        LoseAll<AcceptRequest>(_world.Node(1));
        await _world.WriteAsync("a", "2");
        _world.Node(2).Restart();
        _world.Node(3).Restart();
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=2");
        Assert.Equal(2, watcher.Begun);
    }

    [Fact]
    public async Task A_silo_that_stops_lets_no_cursor_go_beyond_what_it_has_not_told()
    {
        await _world.JoinAsync();
        var silo = NewSilo();
        var watcher = silo.Watch("");
        await watcher.NextAsync();
        foreach (var node in _world.Nodes.Values)
            LoseAll<ReadRequest>(node);
        await _world.WriteAsync("a", "1");
        await watcher.NextAsync();
        await watcher.NextAsync();
        await silo.StopAsync();
        _world.TimeIsUp();
        for (var poll = 0; poll < 20; poll++)
        {
            await watcher.NextAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await Task.Delay(TimeSpan.FromMilliseconds(10), _world.Clock);
        }

        _world.Deliver();
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=1");
    }

    [Fact]
    public async Task A_silo_that_stops_sends_who_waits_elsewhere()
    {
        await _world.JoinAsync();
        var silo = NewSilo();
        var watcher = silo.Watch("");
        await watcher.NextAsync();
        await silo.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(watcher.NextAsync);
    }

    [Fact]
    public async Task Versions_that_the_history_never_had_room_for_are_said_to_be_gone()
    {
        var world = new PaxosWorld(configure: static options => options.HistoryEntries = 1);
        await world.JoinAsync();
        var watcher = new WatchingSilo(world).Watch("");
        await watcher.NextAsync();
        await world.WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        await watcher.NextAsync(); // its cursor is beyond that version
        await world.ProposeAsync("a", Requests.Set("2", 1), Requests.Set("3", 1));
        watcher.MoveTo(new WatchingSilo(world));
        await watcher.UntilAsync("a=3");
        Assert.Equal(["a=1", "a=3"], watcher.Seen);
        Assert.Equal(1, watcher.Begun);
    }

    [Fact]
    public async Task Who_has_missed_too_much_for_one_batch_begins_anew()
    {
        await _world.JoinAsync();
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        for (var number = 0; number < 9; number++)
            await _world.WriteAsync($"r{number}", new string('x', 1024 * 1024));
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync(() => watcher.Seen.Count == 9);
        Assert.Equal(2, watcher.Begun);
    }

    [Theory]
    [InlineData("x"), InlineData("AQ"), InlineData("Ag"), InlineData("%")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        await _world.JoinAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => NewSilo().AskAsync("", cursor));
    }

    private WatchingSilo NewSilo() => new(_world);

    /// <summary>Loses what a feed says, to those too who have asked already.</summary>
    private static void LoseFeed(AcceptorNode node) =>
        node.OnReply = reply => reply is FeedReply ? throw new TimeoutException("The message was lost.") : Task.CompletedTask;

    private static void LoseAll<TRequest>(AcceptorNode node) =>
        node.OnRequest = request => request is TRequest ? throw new TimeoutException("The message was lost.") : Task.CompletedTask;

    /// <summary>Has an acceptor accept a state that its feed never tells, because it forgets it first.</summary>
    private async Task AcceptUnnamedAsync(AcceptorNode node, AcceptRequest accept, CheckedWatcher watcher)
    {
        LoseFeed(node);
        Assert.True((await node.AcceptAsync(accept)).Accepted);
        await watcher.NextAsync(); // what the feed said to who had asked is lost by now
        node.Restart();
        node.OnReply = null;
    }

    /// <summary>Begins to watch every register at two silos, and goes on until the second one knows places in its log for the first one's watcher.</summary>
    private async Task<(CheckedWatcher Behind, WatchingSilo Ahead, CheckedWatcher Other)> WatchAtTwoSilosAsync()
    {
        await _world.JoinAsync();
        var (behind, ahead) = (NewSilo().Watch(""), NewSilo());
        var other = ahead.Watch("");
        await behind.NextAsync();
        await other.NextAsync();
        foreach (var both in new[] { "1", "2", "3" })
        {
            await _world.WriteAsync("a", both);
            await Task.WhenAll(behind.UntilAsync($"a={both}"), other.UntilAsync($"a={both}"));
        }

        await behind.NextAsync(); // its cursor is beyond the last of them
        return (behind, ahead, other);
    }

    /// <summary>Begins to watch every register once one is written.</summary>
    private async Task<CheckedWatcher> WatchOneWrittenAsync()
    {
        await _world.JoinAsync();
        await _world.WriteAsync("a", "1");
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        return watcher;
    }

    /// <summary>Has every acceptor promise a ballot, and returns the message that would have them accept the next version under it.</summary>
    private async Task<AcceptRequest> PrepareAsync(string register, string value)
    {
        var chosen = (await _world.NewReader().ReadOnceAsync(register, ChosenState.Empty)).Agreed!;
        var ballot = new Ballot(50, UniqueId.New());
        foreach (var node in _world.Nodes.Values)
            Assert.True((await node.PrepareAsync(new PrepareRequest(_world.Set.Id, register, ballot))).Granted);
        var next = ChangeRules.Judge(chosen.State, basisChosen: true, [Requests.Set(value, chosen.State.Version)], _world.Options.HistoryLimits).State;
        return new AcceptRequest(_world.Set.Id, register, ballot, next, ballot);
    }
}
