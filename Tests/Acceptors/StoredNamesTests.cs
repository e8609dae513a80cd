using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class StoredNamesTests
{
    [Fact]
    public async Task A_prefix_and_a_start_give_what_a_sorted_set_gives()
    {
        var storage = new MemoryStorage { WritesInOneCommit = true };
        string[] parts = ["app", "flags", "\U0001F600", "\uFFFD", "z", "a", "é", "~", "A", "10"];
        var random = new Random(2);
        var names = Enumerable.Range(0, 3000).Select(_ => string.Join('/', random.GetItems(parts, random.Next(1, 6)))).Distinct().ToArray();
        var record = new GrainState<StoredRecord>(new());
        foreach (var name in names)
            await storage.WriteRegisterAsync("register", GrainId.Create("t", "r"), record, new([new("a", name)], 1, []));

        var list = new StoredNames(storage, "a");
        for (var query = 0; query < 300; query++)
        {
            var prefix = random.Next(3) == 0 ? "" : random.GetItems(names, 1)[0].Split('/')[0];
            var after = random.Next(2) == 0 ? "" : random.GetItems(names, 1)[0];
            var expected = names.Order(NameOrder.Instance)
                .Where(each => each.StartsWith(prefix, StringComparison.Ordinal) && NameOrder.Instance.Compare(each, after) > 0);
            Assert.Equal(expected, await list.EnumerateAsync(prefix, after).ToListAsync());
        }

        await list.CountAsync();
        Assert.Equal(names.Length, list.Count);
        list.Changed(new NameChange("a", "another"));
        await list.CountAsync();
        Assert.Equal(names.Length + 1, list.Count);
    }
}
