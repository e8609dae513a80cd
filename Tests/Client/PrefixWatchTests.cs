using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class PrefixWatchTests
{
    [Fact]
    public void Each_answer_is_handed_on_and_asked_for_with_the_cursor_of_the_last() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var cursors = new List<string>();
        bench.Cluster.WatchPrefix = (_, cursor) =>
        {
            cursors.Add(cursor);
            return Task.FromResult(Batch($"{cursors.Count}", ("a", cursors.Count)));
        };
        var batches = await bench.Client.WatchPrefixAsync("", "0").Take(3).ToListAsync();
        Assert.Equal(["0", "1", "2"], cursors);
        Assert.Equal(["a 1", "a 2", "a 3"], Seen(batches));
    });

    [Fact]
    public void It_goes_on_at_the_next_silo_when_one_hangs_within_half_a_second() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        var asked = new List<string>();
        bench.Cluster.WatchPrefix = async (gateway, cursor) =>
        {
            asked.Add($"{gateway} after {cursor}");
            await world.Sleep(1000);
            var version = int.Parse($"0{cursor}") + 1;
            return Batch($"{version}", ("a", version));
        };
        var watching = bench.Client.WatchPrefixAsync().Take(2).ToListAsync().AsTask();
        await world.Sleep(1500);
        var first = asked[0].Split(' ')[0];
        bench.Cluster[first].Hang();
        Assert.Equal(["a 1", "a 2"], Seen(await watching));
        Assert.Equal(["", "1", "1"], asked.Select(each => each.Split("after ")[1]));
        Assert.NotEqual(first, asked[2].Split(' ')[0]);
        Assert.InRange(world.Now, 2500, 3000);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void Without_a_majority_it_says_so_once_and_says_when_there_is_one_again() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.WatchPrefix = (_, _) => world.Now < 10_000
            ? throw new QuorumUnavailableException([], 2)
            : Task.FromResult(Batch("1", ("a", 1)));
        var batches = await bench.Client.WatchPrefixAsync().Take(2).ToListAsync();
        Assert.Equal([WatchNotice.Unavailable, WatchNotice.Available], batches.Select(batch => batch.Notice));
        Assert.Equal(["a 1"], Seen(batches));
        Assert.InRange(bench.Cluster.Calls.Count, 20, 40);
    });

    [Fact]
    public void A_cursor_that_is_none_is_refused() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.WatchPrefix = (_, _) => throw new ArgumentException("no cursor");
        await Assert.ThrowsAsync<ArgumentException>(async () => await bench.Client.WatchPrefixAsync("", "x").FirstAsync());
        Assert.Single(bench.Cluster.Calls);
    });

    [Fact]
    public void What_was_seen_is_left_out_until_the_watch_begins_again()
    {
        var seen = new SeenVersions();
        Assert.Equal(["a 1", "b 4"], Unseen(Batch("", ("a", 1), ("b", 4))));
        Assert.Equal(["a 2"], Unseen(Batch("", ("a", 1), ("a", 2), ("b", 3))));
        Assert.Equal(["a 2"], Unseen(Batch("", ("a", 2)) with { Begins = true }));

        IEnumerable<string> Unseen(PrefixBatch batch) => Seen([seen.Unseen(batch)]);
    }

    [Fact]
    public void A_version_that_is_missing_is_no_silence()
    {
        var seen = new SeenVersions();
        seen.Unseen(Batch("", ("a", 1)));
        Assert.Contains("'a'", Assert.Throws<InvalidOperationException>(() => seen.Unseen(Batch("", ("a", 3)))).Message);
        var told = seen.Unseen(new PrefixBatch([new PrefixEvent("a", new WatchBatch([Entry(4)], 3))], ""));
        Assert.Equal(3, Assert.Single(told.Events).Versions.CompactedThrough);
    }

    private static PrefixBatch Batch(string cursor, params (string Name, long Version)[] versions) =>
        new([.. versions.Select(each => new PrefixEvent(each.Name, new WatchBatch([Entry(each.Version)], 0)))], cursor);

    private static IEnumerable<string> Seen(IEnumerable<PrefixBatch> batches) =>
        batches.SelectMany(batch => batch.Events).SelectMany(each => each.Versions.Entries.Select(entry => $"{each.Name} {entry.Version}"));
}
