using System.Text;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class NameIndexTests
{
    [Fact]
    public async Task Thousands_of_names_come_back_in_the_order_of_their_bytes()
    {
        var storage = new MemoryStorage();
        var names = NameIndexes.RandomNames(20_000, seed: 1);
        await NameIndexes.AddAsync(storage, names);

        var read = await NameIndexes.ReadAsync(storage);
        Assert.Equal(names.Distinct().OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal), read);
    }

    [Fact]
    public async Task A_prefix_and_a_start_give_what_a_sorted_set_gives()
    {
        var storage = new MemoryStorage();
        var names = NameIndexes.RandomNames(3_000, seed: 2);
        await NameIndexes.AddAsync(storage, names);
        var index = NameIndexes.Open(storage);
        var random = new Random(3);
        for (var query = 0; query < 200; query++)
        {
            var prefix = random.Next(3) == 0 ? "" : names[random.Next(names.Length)] is var name ? Cut(name, random) : "";
            var after = random.Next(2) == 0 ? "" : names[random.Next(names.Length)];
            var expected = names.Distinct().Order(NameOrder.Instance)
                .Where(each => each.StartsWith(prefix, StringComparison.Ordinal) && NameOrder.Instance.Compare(each, after) > 0);
            Assert.Equal(expected, await index.EnumerateAsync(prefix, after).ToListAsync());
        }
    }

    [Fact]
    public async Task A_crash_between_any_two_writes_loses_no_name_that_was_added()
    {
        for (var crashAt = 1; crashAt <= 60; crashAt++)
        {
            var storage = new MemoryStorage();
            var names = NameIndexes.RandomNames(400, seed: crashAt, longNames: true);
            var added = new List<string>();
            var writes = 0;
            storage.BeforeWrite = _ => ++writes % crashAt == 0 ? throw new IOException("The process was killed.") : Task.CompletedTask;
            var index = NameIndexes.Open(storage);
            foreach (var chunk in names.Chunk(7))
            {
                try
                {
                    await Task.WhenAll(chunk.Select(index.AddAsync));
                    added.AddRange(chunk);
                }
                catch (IOException)
                {
                    index = NameIndexes.Open(storage);
                }
            }

            var read = await NameIndexes.ReadAsync(storage);
            Assert.Equal(read.Order(NameOrder.Instance).Distinct(), read);
            Assert.Empty(added.Except(read));
        }
    }

    [Fact]
    public async Task A_name_costs_one_write_even_if_it_is_there()
    {
        var storage = new MemoryStorage();
        var index = NameIndexes.Open(storage);
        await index.AddAsync("app/one");
        Assert.Equal(1, storage.Writes);
        await index.AddAsync("app/one");
        Assert.Equal(2, storage.Writes);
    }

    [Fact]
    public async Task The_count_goes_along()
    {
        var storage = new MemoryStorage();
        var names = NameIndexes.RandomNames(500, seed: 9).Distinct().ToArray();
        await NameIndexes.AddAsync(storage, names[..300]);
        var index = NameIndexes.Open(storage);
        await index.CountAsync();
        Assert.Equal(300, index.Count);
        await Task.WhenAll(names.Select(index.AddAsync));
        Assert.Equal(names.Length, index.Count);
    }

    [Fact]
    public void Names_order_by_code_point_not_by_utf16()
    {
        string[] names = ["\uFFFD", "\U0001F600", "a", "\uE000", "ab", "é"];
        Assert.Equal(["a", "ab", "é", "\uE000", "\uFFFD", "\U0001F600"], names.Order(NameOrder.Instance));
    }

    private static string Cut(string name, Random random)
    {
        var length = random.Next(1, name.Length + 1);
        return char.IsHighSurrogate(name[length - 1]) ? name[..(length - 1)] : name[..length];
    }
}
