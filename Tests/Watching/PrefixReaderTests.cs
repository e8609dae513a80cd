using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Each watcher of a prefix gets every version of every register once and in order, or learns why not.</summary>
public sealed class PrefixReaderTests
{
    private readonly PaxosWorld _world = new();

    [Fact]
    public async Task A_watch_begins_with_the_current_entries_and_goes_on_with_each_version()
    {
        await _world.JoinAsync();
        await WriteAsync("app/a", "1", "2");
        await WriteAsync("other", "1");
        var watcher = NewSilo().Watch("app/");
        await watcher.NextAsync();
        Assert.Equal(1, watcher.Begun);
        Assert.Equal(["app/a=2"], watcher.Seen);

        await WriteAsync("app/b", "1", "2");
        await WriteAsync("other", "2");
        await WriteAsync("app/a", "3");
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
        await WriteAsync("app/x/1", "1");
        await some.NextAsync();
        await WriteAsync("app/y", "1");
        await WriteAsync("app/x/1", "2");
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
        await WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        await WriteAsync("a", "2", "3");
        await WriteAsync("b", "1");
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=3");
        await watcher.UntilAsync("b=1");
        await WriteAsync("b", "2");
        await watcher.UntilAsync("b=2");
        Assert.Equal(1, watcher.Begun);
        Assert.Equal(["a=1", "a=2", "a=3", "b=1", "b=2"], watcher.Seen.Order());
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
            await WriteAsync("a", $"{round}");
            await WriteAsync($"b{round}", "1");
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
        await WriteAsync("a", "1");
        await watcher.UntilAsync("a=1");
        foreach (var node in _world.Nodes.Values)
            node.Restart();
        await WriteAsync("a", "2");
        watcher.MoveTo(NewSilo());
        await watcher.UntilAsync("a=2");
        Assert.Equal(2, watcher.Begun);
    }

    [Fact]
    public async Task A_state_of_one_acceptor_that_a_late_message_could_choose_is_told_or_never_chosen()
    {
        await _world.JoinAsync();
        await WriteAsync("a", "1");
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        var accept = await PrepareAsync("a", "2");
        Assert.True((await _world.Node(1).AcceptAsync(accept)).Accepted);
        for (var poll = 0; poll < 6; poll++)
            await watcher.NextAsync();
        if ((await _world.Node(2).AcceptAsync(accept)).Accepted)
            await watcher.UntilAsync("a=2");
        await WriteAsync("b", "1");
        await watcher.UntilAsync("b=1");
    }

    [Fact]
    public async Task A_state_from_before_its_feed_was_joined_is_told_even_if_the_feed_that_names_it_is_lost()
    {
        await _world.JoinAsync();
        await WriteAsync("a", "1");
        var accept = await PrepareAsync("a", "2");
        Assert.True((await _world.Node(3).AcceptAsync(accept)).Accepted);
        var watcher = NewSilo().Watch("");
        await watcher.NextAsync();
        _world.Node(2).OnRequest = request => request is FeedRequest ? throw new TimeoutException("The message was lost.") : Task.CompletedTask;
        await _world.Node(2).AcceptAsync(accept);
        await watcher.UntilAsync("a=2");
    }

    [Theory]
    [InlineData("x"), InlineData("AQ"), InlineData("Ag"), InlineData("%")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        await _world.JoinAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => NewSilo().AskAsync("", cursor));
    }

    private Silo NewSilo() => new(_world);

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

    private async Task WriteAsync(string register, params string[] values)
    {
        foreach (var value in values)
        {
            var status = ChangeStatus.BeyondWindow;
            for (var floor = 0L; status != ChangeStatus.Applied;)
            {
                var result = await _world.ProposeAsync(register, Requests.Set(value, floor));
                if (!result.Outcomes.IsEmpty)
                    (status, floor) = (result.Outcomes[0].Status, result.Outcomes[0].Version);
            }
        }
    }

    private sealed class Silo(PaxosWorld world)
    {
        private readonly TurnScheduler _turns = new();
        private readonly PrefixReader _reader = new(world.NewPeers(), world.NewProposer().ProposeAsync, world.Options, UniqueId.New(), CancellationToken.None);

        public Task<PrefixBatch> AskAsync(string prefix, string cursor) =>
            _turns.RunAsync(() => _reader.WatchAsync(prefix, cursor, TimeSpan.FromMilliseconds(100)));

        public Watcher Watch(string prefix) => new(this, prefix);
    }

    /// <summary>A watcher that drops what it has seen, where the batch says that there may be something.</summary>
    private sealed class Watcher(Silo silo, string prefix)
    {
        private readonly Dictionary<string, long> _last = [];
        private Silo _silo = silo;
        private string _cursor = "";

        /// <summary>How often the watch began.</summary>
        public int Begun { get; private set; }

        /// <summary>What came, as <c>name=value</c>.</summary>
        public List<string> Seen { get; } = [];

        public void MoveTo(Silo other) => _silo = other;

        public async Task NextAsync()
        {
            var batch = await _silo.AskAsync(prefix, _cursor);
            _cursor = batch.Cursor;
            if (batch.Begins)
            {
                Begun++;
                _last.Clear();
            }

            foreach (var (name, versions) in batch.Events)
                Take(name, versions, batch.MayRepeat);
        }

        public async Task UntilAsync(string seen)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!Seen.Contains(seen))
            {
                patience.Token.ThrowIfCancellationRequested();
                await NextAsync();
            }
        }

        private void Take(string name, WatchBatch versions, bool mayRepeat)
        {
            var last = _last.GetValueOrDefault(name);
            foreach (var entry in versions.Entries)
            {
                if (entry.Version <= last && mayRepeat)
                    continue;
                Assert.True(entry.Version == last + 1 || entry.Version == versions.CompactedThrough + 1, $"{name}: version {entry.Version} after {last}");
                last = _last[name] = entry.Version;
                Seen.Add($"{name}={entry.Text()}");
            }
        }
    }
}
