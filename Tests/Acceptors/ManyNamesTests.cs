using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class ManyNamesTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Listing_takes_every_acknowledged_name_and_no_deleted_one_page_by_page(bool inOneCommit)
    {
        var world = new PaxosWorld(inOneCommit: inOneCommit);
        await world.JoinAsync();
        var names = Enumerable.Range(0, 500).Select(number => $"app/{number}").ToArray();
        foreach (var chunk in names.Chunk(20))
        {
            // Each batch misses a different acceptor, so no acceptor has all names.
            var down = world.Node((Array.IndexOf(names, chunk[0]) / 20 % 3) + 1);
            down.Down = true;
            await Task.WhenAll(chunk.Select(name => AppliedAsync(world, name, Requests.Set("1"))));
            down.Down = false;
        }

        foreach (var name in names.Where((_, index) => index % 5 == 0))
            await AppliedAsync(world, name, Requests.New(Change.Delete(), floor: 1));
        await AppliedAsync(world, "other", Requests.Set("1"));

        foreach (var away in world.Nodes.Values)
        {
            Array.ForEach([.. world.Nodes.Values], node => node.Down = ReferenceEquals(node, away));
            var listed = new List<string>();
            NamePage page;
            do
            {
                page = await world.NewLister().ListAsync("app/", listed.LastOrDefault() ?? "", limit: 37);
                listed.AddRange(page.Names);
            }
            while (page.More);
            Assert.Equal(names.Where((_, index) => index % 5 != 0).Order(NameOrder.Instance), listed);
        }
    }

    /// <summary>On a busy machine the outcome of a proposal may be unknown. The same request is then retried and applied once.</summary>
    private static async Task AppliedAsync(PaxosWorld world, string name, ChangeRequest request)
    {
        var result = await world.ProposeAsync(name, request);
        while (result.Status != ProposeStatus.Decided)
            result = await world.ProposeAsync(name, request);
        Assert.Equal(ChangeStatus.Applied, Assert.Single(result.Outcomes).Status);
    }

    [Fact]
    public async Task An_index_of_a_hundred_thousand_names_keeps_a_bounded_number_of_pages_in_memory()
    {
        var storage = new MemoryStorage();
        var index = new NameIndex(new AcceptorStorage(storage, "a", UniqueId.New));
        var names = Enumerable.Range(0, 100_000).Select(number => $"tenants/{number % 1000:000}/settings/{number:000000}").ToArray();
        foreach (var chunk in names.Chunk(1000))
            await Task.WhenAll(chunk.Select(index.AddAsync));
        var pages = storage.StateNames.Count;
        Assert.InRange(pages, 1000, 4000);
        await index.CountAsync();
        Assert.Equal(100_000, index.Count);
        Assert.InRange(index.PagesInMemory, 1, 2100);
        var page = await index.EnumerateAsync("tenants/500/", "").ToListAsync();
        Assert.Equal(names.Where(name => name.StartsWith("tenants/500/", StringComparison.Ordinal)).Order(NameOrder.Instance), page);
    }
}
