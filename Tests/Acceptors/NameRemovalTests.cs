using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class NameRemovalTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Random_additions_and_removals_leave_what_a_sorted_set_holds(bool exclusive)
    {
        var random = new Random(7);
        var storage = new MemoryStorage { IsExclusivelyOwned = exclusive };
        var index = NameIndexes.Open(storage);
        await index.CountAsync();
        var expected = new HashSet<string>();
        for (var round = 0; round < 300; round++)
        {
            var grows = round / 50 % 2 == 0;
            var names = Enumerable.Range(0, 12).Select(_ => NameIndexes.LongName(random.Next(600))).ToList();
            var (added, removed) = grows ? (names[..9], names[9..]) : (names[..2], names[2..]);
            await Task.WhenAll(added.Select(index.AddAsync));
            await index.RemoveAsync(removed);
            expected.UnionWith(added);
            expected.ExceptWith(removed);
            Assert.Equal(expected.Count, index.Count);
            if (round % 10 == 0)
                await NameIndexes.AssertHoldsAsync(storage, expected);
        }

        await index.RemoveAsync(expected);
        await NameIndexes.AssertHoldsAsync(storage, []);
        Assert.Equal(0, index.Count);
        Assert.InRange(storage.StateNames.Count, 1, 5);
    }

    [Fact]
    public async Task What_is_not_gone_stays()
    {
        var storage = new MemoryStorage();
        var index = NameIndexes.Open(storage);
        await Task.WhenAll(index.AddAsync("a"), index.AddAsync("b"));
        var asked = new List<string>();
        await Task.WhenAll(((string[])["a", "b", "c"]).Select(name => index.RemoveAsync(name, each =>
        {
            asked.Add(each);
            return Task.FromResult(each == "a");
        })));
        Assert.Equal(["a", "b"], asked);
        await NameIndexes.AssertHoldsAsync(storage, ["b"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_crash_at_any_step_loses_no_name_and_is_resumed(bool afterStep)
    {
        for (var crashAt = 1; await RunWithCrashAsync(crashAt, afterStep); crashAt++)
        {
        }
    }

    /// <returns>Whether there was a step for the crash.</returns>
    private static async Task<bool> RunWithCrashAsync(int crashAt, bool afterStep)
    {
        var random = new Random(crashAt % 5);
        var memory = new MemoryStorage();
        var storage = new SteppedStorage(memory, isExclusivelyOwned: true);
        var steps = 0;
        var isDead = false;
        var crashed = false;
        Task Crash(StorageStep step)
        {
            isDead |= step != StorageStep.Read && ++steps == crashAt;
            return isDead ? throw new IOException("The process was killed.") : Task.CompletedTask;
        }

        if (afterStep)
            (storage.Before, storage.After) = (_ => isDead ? throw new IOException("The process was killed.") : Task.CompletedTask, Crash);
        else
            storage.Before = Crash;

        var index = NameIndexes.Open(storage);
        var expected = new HashSet<string>();
        var batches = Enumerable.Range(0, 16).Select(_ => Enumerable.Range(0, 20).Select(_ => NameIndexes.LongName(random.Next(120))).ToList()).ToList();
        for (var round = 0; round < batches.Count; round++)
        {
            var names = batches[round];
            var isRemoval = round % 4 > 1;
            try
            {
                await (isRemoval ? index.RemoveAsync(names) : Task.WhenAll(names.Select(index.AddAsync)));
                if (isRemoval)
                    expected.ExceptWith(names);
                else
                    expected.UnionWith(names);
            }
            catch (IOException)
            {
                round--;
            }

            if (!isDead)
                continue;
            (isDead, crashed) = (false, true);
            index = NameIndexes.Open(storage);
            var read = await NameIndexes.ReadAsync(memory);
            Assert.Equal(read.Distinct().Order(NameOrder.Instance), read);
            await NameIndexes.AssertFindsAsync(memory, isRemoval ? expected.Except(names) : expected);
        }

        await NameIndexes.AssertHoldsAsync(memory, expected);
        var last = NameIndexes.Open(memory);
        await last.CountAsync();
        await last.RemoveAsync(expected);
        await NameIndexes.AssertHoldsAsync(memory, []);
        Assert.InRange(memory.StateNames.Count, 1, 8);
        return crashed;
    }

    [Fact]
    public async Task A_removal_decides_on_what_is_stored_not_on_what_is_in_memory()
    {
        var storage = new MemoryStorage();
        var remover = NameIndexes.Open(storage);
        await remover.AddAsync("a");
        await NameIndexes.AddAsync(storage, ["b", "c"]);
        await remover.RemoveAsync(["a", "b"]);
        await NameIndexes.AssertHoldsAsync(storage, ["c"]);
    }

    [Theory, InlineData(true, 3_000, 40), InlineData(false, 20_000, 300)]
    public async Task Names_that_come_and_go_in_order_leave_a_bounded_number_of_pages(bool longNames, int count, int alive)
    {
        var storage = new MemoryStorage();
        var index = NameIndexes.Open(storage);
        var names = Enumerable.Range(0, count).Select(number => longNames ? NameIndexes.LongName(number) : $"job-{number:000000}").ToArray();
        var most = 0;
        for (var next = 0; next < count; next += 20)
        {
            await Task.WhenAll(names[next..(next + 20)].Select(index.AddAsync));
            if (next >= alive)
                await index.RemoveAsync(names[(next - alive)..(next - alive + 20)]);
            most = Math.Max(most, storage.StateNames.Count);
        }

        await NameIndexes.AssertHoldsAsync(storage, names[^alive..]);
        Assert.InRange(most, 2, 25);
        Assert.InRange(index.PagesInMemory, 1, 25);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_enumeration_goes_on_where_pages_are_given_back_beneath_it(bool exclusive)
    {
        var storage = new MemoryStorage { IsExclusivelyOwned = exclusive };
        var names = Enumerable.Range(0, 300).Select(NameIndexes.LongName).ToArray();
        await NameIndexes.AddAsync(storage, names);
        var index = NameIndexes.Open(storage);
        var kept = names.Where((_, number) => number % 60 == 59).ToList();
        var read = new List<string>();
        await foreach (var name in index.EnumerateAsync("", ""))
        {
            read.Add(name);
            if (read.Count % 40 == 1)
            {
                // The page that it is on, and those to the right of it.
                var here = Array.IndexOf(names, name);
                await index.RemoveAsync(names[Math.Max(0, here - 20)..Math.Min(300, here + 30)].Except(kept));
            }
        }

        Assert.Equal(read.Distinct().Order(NameOrder.Instance), read);
        Assert.Empty(kept.Except(read));
        Assert.InRange(read.Count, kept.Count, 250);
    }

    [Fact]
    public async Task A_page_that_is_lost_for_good_is_an_error_and_not_an_endless_search()
    {
        var storage = new MemoryStorage();
        await NameIndexes.AddAsync(storage, [.. Enumerable.Range(0, 40).Select(NameIndexes.LongName)]);
        var lost = new SteppedStorage(storage);
        var reads = 0;
        lost.Before = _ => ++reads > 5_000 ? throw new IOException("It searches for ever.") : Task.CompletedTask;
        var other = storage.StateNames.First(name => name.StartsWith("names-", StringComparison.Ordinal) && !name.EndsWith($"{Guid.Empty:N}", StringComparison.Ordinal));
        await storage.RemoveAsync(other, StorageKey.Of("a"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => NameIndexes.ReadAsync(lost).AsTask());
        var index = NameIndexes.Open(lost);
        await Assert.ThrowsAsync<LostPageException>(() => Task.WhenAll(Enumerable.Range(0, 40).Select(number => index.AddAsync(NameIndexes.LongName(number)))));
    }

    [Fact]
    public async Task Pages_of_format_1_are_read_and_changed()
    {
        var storage = new MemoryStorage();
        var names = Enumerable.Range(0, 200).Select(NameIndexes.LongName).ToArray();
        await NameIndexes.AddAsync(storage, names);
        foreach (var state in storage.StateNames)
            await storage.ReplaceAsync(state, StorageKey.Of("a"), InFormat1);
        await NameIndexes.AssertHoldsAsync(storage, names);
        await NameIndexes.Open(storage).RemoveAsync(names[..150]);
        await NameIndexes.AssertHoldsAsync(storage, names[150..]);
    }

    /// <summary>Format 1 has no flag at the end of a page.</summary>
    private static byte[] InFormat1(byte[] page)
    {
        byte[] body = [page[0], 1, .. page[2..^5]];
        return [.. body, .. BitConverter.GetBytes(Crc32C.Of(body))];
    }
}
