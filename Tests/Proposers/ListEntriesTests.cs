using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

public sealed class ListEntriesTests
{
    private const int Large = 300_000;

    [Fact]
    public async Task EveryRegisterThatHasAValue_ComesWithIt()
    {
        var world = new PaxosWorld();
        await WriteAsync(world, "app/a", "1");
        await WriteAsync(world, "app/b", "2");
        await WriteAsync(world, "app/c", "3");
        await WriteAsync(world, "other", "4");
        await world.ProposeAsync("app/b", Requests.New(Change.Delete(), floor: 1));
        await world.ProposeAsync("app/c", Requests.Set("5", floor: 1));

        var page = await world.NewLister().ListEntriesAsync("app/", "", limit: 10);

        Assert.Equal([("app/a", 1, "1"), ("app/c", 2, "5")], page.Entries.Select(each => (each.Name, each.Entry.Version, each.Entry.Text())));
        Assert.False(page.More);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task PageOfLargeValues_EndsAtItsBytesAndTheNextOneGoesOn(bool oneSiloGone)
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        string[] names = ["a", "b", "c", "d", "e", "f", "g"];
        foreach (var name in names)
            await WriteAsync(world, name, new string('x', Large));
        world.Node(1).Down = oneSiloGone;

        var pages = new List<EntryPage>();
        do
            pages.Add(await world.NewLister().ListEntriesAsync("", pages.LastOrDefault()?.Entries[^1].Name ?? "", limit: 1000));
        while (pages[^1].More);

        Assert.Equal(names, pages.SelectMany(page => page.Entries).Select(each => each.Name));
        Assert.Equal([3, 3, 1], pages.Select(page => page.Entries.Length));
    }

    [Fact]
    public async Task ValueLargerThanAPage_IsAPageByItself()
    {
        var world = new PaxosWorld(3, options => options.MaxValueBytes = 4 * 1024 * 1024);
        await WriteAsync(world, "a", "1");
        await WriteAsync(world, "b", new string('x', 2 * EntryPage.MaxValueBytes));
        await WriteAsync(world, "c", "1");

        foreach (var (after, name) in new[] { ("", "a"), ("a", "b"), ("b", "c") })
        {
            var page = await world.NewLister().ListEntriesAsync("", after, limit: 10);
            Assert.Equal(name, Assert.Single(page.Entries).Name);
            Assert.Equal(name != "c", page.More);
        }
    }

    [Fact]
    public async Task ManyLargeValues_AreNotInMemoryTogether()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => WriteAsync(world, $"r{number:00}", new string('x', Large))));
        var read = 0;
        foreach (var node in world.Nodes.Values)
            node.OnReply = reply =>
            {
                if (reply is ReadReply { State: not null })
                    Interlocked.Increment(ref read);
                return Task.CompletedTask;
            };

        await world.NewLister().ListEntriesAsync("", "", limit: 1000);

        Assert.InRange(read, 3, 7); // the page, and what shows that it is full
    }

    [Fact]
    public async Task StateThatAHolderAcceptedSince_IsNotShownUnlessItIsChosen()
    {
        var world = new PaxosWorld();
        var chosen = (await world.ProposeAsync("r", Requests.Set("old"))).Chosen!.State;
        await world.QuietAsync();
        var minority = new RegisterEntry(2, Requests.Bytes("never chosen"), Deleted: false, UniqueId.New(), Requests.At);
        var state = new RegisterState(chosen.Window.Add(WindowItem.Of(minority)), [minority]);
        AcceptorNode? holder = null;
        foreach (var node in world.Nodes.Values)
        {
            node.OnRequest = async request =>
            {
                if (request is ReadRequest && Interlocked.CompareExchange(ref holder, node, null) is null)
                    Assert.True((await node.AcceptAsync(new AcceptRequest(world.Set.Id, "r", new Ballot(1_000, UniqueId.New()), state, Ballot.None))).Accepted);
            };
        }

        var listed = Assert.Single((await world.NewLister().ListEntriesAsync("", "", limit: 10)).Entries).Entry;

        holder!.Down = true;
        var read = await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable);
        Assert.Equal(("old", "old"), (listed.Text(), read.Text()));
    }

    private static async Task WriteAsync(PaxosWorld world, string name, string value) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single((await world.ProposeAsync(name, Requests.Set(value))).Outcomes).Status);
}
