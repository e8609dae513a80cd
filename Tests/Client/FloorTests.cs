using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>A change carries a recently chosen version: one that the client saw a moment ago, or otherwise one that it reads first.</summary>
public sealed class FloorTests
{
    [Fact]
    public void It_is_the_highest_version_seen_of_the_register_however_it_was_seen() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(Applied(5));
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(9));
        bench.Cluster.History = _ => Task.FromResult(Entries(10, 12));
        bench.Cluster.Watch = (after, _) => Task.FromResult(new WatchBatch(Entries(after + 1, after + 1), 0));

        await bench.ChangeAsync(new ChangeOptions(Floor: 3));
        await bench.NewChangeAsync();
        await bench.Client.ReadAsync(Bench.Register);
        await bench.NewChangeAsync();
        await bench.Client.HistoryAsync(Bench.Register);
        await bench.NewChangeAsync();
        await foreach (var _ in bench.Client.WatchAsync(Bench.Register, after: 30))
            break;
        await bench.NewChangeAsync();
        await bench.Client.ReadAsync(Bench.Register, ReadConsistency.Stale); // version 9 again, from a copy that is behind
        await bench.NewChangeAsync();
        await bench.ChangeAsync(new ChangeOptions(Floor: 3));

        Assert.Equal([3, 5, 9, 12, 31, 31, 3], bench.Requests().Select(request => request.Floor));
        Assert.Single(bench.Sent(), call => call.EndsWith("read Stale", StringComparison.Ordinal));
    });

    [Fact]
    public void When_the_register_was_not_seen_lately_it_is_what_the_grain_knows() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var version = 7;
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(version));
        bench.Cluster.Change = _ => Task.FromResult(Applied(++version));

        await bench.NewChangeAsync();
        await world.Sleep(9);
        await bench.NewChangeAsync();
        version = 20;
        await world.Sleep(80); // a version every nine milliseconds: eight of them are too many
        await bench.NewChangeAsync();

        Assert.Equal(
            ["0 first floor", "0 first change", "9 first change", "89 first floor", "89 first change"],
            bench.Sent());
        Assert.Equal([7, 8, 20], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void Of_a_register_that_changes_slowly_a_set_takes_a_version_that_was_seen_a_while_ago() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var version = 7;
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(version));
        bench.Cluster.Change = _ => Task.FromResult(Applied(++version));

        await bench.NewChangeAsync();
        await world.Sleep(1000);
        await bench.NewChangeAsync(); // nothing is known yet of how fast it changes
        await world.Sleep(4000);
        await bench.NewChangeAsync();
        await world.Sleep(33_000); // eight versions at the pace seen would be 32 s
        await bench.NewChangeAsync();
        await world.Sleep(59_000);
        await bench.NewChangeAsync();
        await world.Sleep(60_000); // a grain need not remember longer than a minute
        await bench.NewChangeAsync();

        Assert.Equal(
            [
                "0 first floor", "0 first change", "1000 first floor", "1000 first change", "5000 first change",
                "38000 first floor", "38000 first change", "97000 first change", "157000 first floor", "157000 first change",
            ],
            bench.Sent());
    });

    [Fact]
    public void A_change_with_a_condition_takes_none_that_is_older_than_ten_milliseconds() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(7));
        bench.Cluster.Change = _ => Task.FromResult(Applied(8));

        await bench.NewChangeAsync();
        await world.Sleep(1000);
        await bench.NewChangeAsync();
        await world.Sleep(1000);
        await bench.Client.ChangeAsync(Bench.Register, Change.Decide([1]));

        Assert.Equal(3, bench.Sent().Count(call => call.EndsWith("floor", StringComparison.Ordinal)));
    });

    [Fact]
    public void It_is_the_version_seen_before_when_the_stale_read_finds_an_older_one() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(4));
        bench.Cluster.Change = _ => Task.FromResult(Applied(5));

        await bench.NewChangeAsync();
        await world.Sleep(10);
        await bench.NewChangeAsync();

        Assert.Equal([4, 5], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void Of_a_register_never_written_it_is_zero() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));

        await bench.NewChangeAsync();

        Assert.Equal(0, Assert.Single(bench.Requests()).Floor);
    });

    [Fact]
    public void It_is_asked_for_each_time_when_none_is_to_be_remembered() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, configure: options => options.FloorCacheEntries = 0);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(7));
        bench.Cluster.Change = _ => Task.FromResult(Applied(8));

        await bench.NewChangeAsync();
        await bench.NewChangeAsync();

        Assert.Equal(["0 first floor", "0 first change", "0 first floor", "0 first change"], bench.Sent());
        Assert.Equal([7, 7], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void It_is_forgotten_when_too_many_other_registers_were_used_since() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, configure: options => options.FloorCacheEntries = 2);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(3));
        bench.Cluster.Change = _ => Task.FromResult(Applied(5));

        foreach (var name in (string[])["a", "b", "a", "c", "a", "b"])
            await bench.Client.ChangeAsync(name, Bench.Write);

        Assert.Equal([3, 3, 5, 3, 5, 3], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void When_no_majority_can_be_asked_for_it_nothing_is_sent_and_the_caller_is_told_that_nothing_happened() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => throw NoMajority();
        bench.Cluster.QuorumRead = (_, _) => throw NoMajority();

        await Assert.ThrowsAsync<QuorumUnavailableException>(() => bench.NewChangeAsync());

        Assert.Empty(bench.Requests());
    });

    [Fact]
    public void A_slow_grain_is_not_waited_for_twice() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.QuorumRead = (_, _) => Task.FromResult<RegisterEntry?>(Entry(3));
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(4));

        Assert.Equal(4, (await bench.NewChangeAsync()).Version);

        Assert.Equal(
            ["0 first floor", "150 second read Stale", "300 second quorum floor", "300 first propose"],
            bench.Sent());
    });

    [Fact]
    public void The_time_it_takes_to_ask_is_the_calls() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = async (_, _) =>
        {
            await world.Sleep(250);
            return Entry(3);
        };
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Propose = (_, _) => Never<ChangeOutcome>();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.NewChangeAsync());

        Assert.Equal(10_000, world.Now);
    });
}
