using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>Several activations of one acceptor change its names at once.</summary>
public sealed class NameRemovalRaceTests
{
    [Fact]
    public async Task Activations_at_once_lose_no_name()
    {
        for (var seed = 0; seed < 150; seed++)
            await RunAsync(seed);
    }

    /// <summary>
    /// Registers come and go through three activations, whose pages in memory are out of date most of the time. Each inserts the record of a register
    /// before it adds the name, and removes it before it removes the name.
    /// </summary>
    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var steps = new RandomSteps(random);
        var memory = new MemoryStorage();
        var steady = Enumerable.Range(0, 6).Select(each => NameIndexes.LongName(each * 20)).ToList();
        await NameIndexes.AddAsync(memory, [.. steady]);
        var storage = new SteppedStorage(memory, isExclusivelyOwned: random.Next(2) == 0) { Before = _ => steps.TakeAsync() };
        var records = new HashSet<string>(steady);
        var few = seed % 3 == 0 ? 30 : 120;
        await steps.RunAsync([ActAsync, ActAsync, ActAsync]);
        Assert.Empty(records.Except(await NameIndexes.ReadAsync(memory)));
        await NameIndexes.AssertFindsAsync(memory, records);

        var last = NameIndexes.Open(memory);
        var listed = await last.EnumerateAsync("", "").ToListAsync();
        Assert.Equal(listed.Distinct().Order(NameOrder.Instance), listed);
        await last.RemoveAsync(listed.Except(records));
        await NameIndexes.AssertHoldsAsync(memory, records);

        async Task ActAsync()
        {
            var index = NameIndexes.Open(storage);
            for (var turn = 0; turn < 12; turn++)
            {
                var isRemoval = random.Next(2) == 0;
                var first = random.Next(few);
                var names = Enumerable.Range(0, 14).Select(each => NameIndexes.LongName(first + each)).Except(steady).ToList();
                await Task.WhenAll(names.Select(name => isRemoval ? ForgetAsync(index, name) : CreateAsync(index, name)));
                if (random.Next(6) == 0)
                    await ListAsync(index);
            }
        }

        async Task CreateAsync(NameIndex index, string name)
        {
            await steps.TakeAsync();
            records.Add(name);
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await index.AddAsync(name);
                    return;
                }
                catch (InconsistentStateException) when (attempt < 50)
                {
                }
            }
        }

        async Task ForgetAsync(NameIndex index, string name)
        {
            await steps.TakeAsync();
            records.Remove(name);
            try
            {
                await index.RemoveAsync(name, async each =>
                {
                    await steps.TakeAsync();
                    return !records.Contains(each);
                });
            }
            catch (InconsistentStateException)
            {
            }
        }

        async Task ListAsync(NameIndex index)
        {
            var listed = await index.EnumerateAsync("", "").ToListAsync();
            Assert.Equal(listed.Distinct().Order(NameOrder.Instance), listed);
            if (!storage.IsExclusivelyOwned)
                Assert.Empty(steady.Except(listed));
        }
    }

    [Fact]
    public async Task A_name_that_another_activation_adds_anew_fails_the_removal()
    {
        var storage = new MemoryStorage();
        await NameIndexes.AddAsync(storage, ["a", "b"]);
        var (remover, adder) = (NameIndexes.Open(storage), NameIndexes.Open(storage));
        await adder.AddAsync("b");
        await Assert.ThrowsAsync<InconsistentStateException>(() => remover.RemoveAsync("a", async name =>
        {
            await adder.AddAsync(name);
            return true;
        }));
        await NameIndexes.AssertHoldsAsync(storage, ["a", "b"]);
    }

    [Fact]
    public async Task An_activation_with_old_pages_in_memory_begins_again_from_the_root()
    {
        var storage = new MemoryStorage();
        var names = Enumerable.Range(0, 300).Select(NameIndexes.LongName).ToArray();
        await NameIndexes.AddAsync(storage, names);
        var stale = NameIndexes.Open(storage);
        await stale.CountAsync();
        storage.IsExclusivelyOwned = false;
        await NameIndexes.Open(storage).RemoveAsync(names[..250]);
        storage.IsExclusivelyOwned = true;

        var adder = NameIndexes.Open(storage);
        await adder.AddAsync(names[260]);
        await adder.RemoveAsync(names[250..260]);
        await Assert.ThrowsAsync<InconsistentStateException>(() => stale.AddAsync(names[5]));
        await stale.AddAsync(names[5]);
        await NameIndexes.AssertHoldsAsync(storage, [names[5], .. names[260..]]);
    }
}
