using static Orleans.Paxos.Tests.Client.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class FloorTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    [Fact]
    public void It_is_the_highest_version_seen_of_the_register_however_it_was_seen() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(Applied(5));
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(9));
        bench.Cluster.History = _ => Task.FromResult(Entries(10, 12));
        bench.Cluster.Watch = (after, _) => Task.FromResult(new WatchBatch(Entries(after + 1, after + 1), 0));

        await bench.ChangeAsync();
        await bench.ChangeAsync();
        await bench.Client.ReadAsync(Bench.Register);
        await bench.ChangeAsync();
        await bench.Client.HistoryAsync(Bench.Register);
        await bench.ChangeAsync();
        await foreach (var _ in bench.Client.WatchAsync(Bench.Register, after: 30))
            break;
        await bench.ChangeAsync();
        await bench.Client.ReadAsync(Bench.Register, ReadConsistency.Stale); // version 9 again, from a copy that is behind
        await bench.ChangeAsync();
        await bench.Client.ChangeAsync("another", Bench.Write);
        await bench.ChangeAsync(new ChangeOptions(Floor: 3));

        Assert.Equal([0, 5, 9, 12, 31, 31, 0, 3], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void It_is_forgotten_when_too_many_other_registers_were_used_since() => World.Run(async world =>
    {
        var bench = new Bench(world, configure: options => options.FloorCacheEntries = 2);
        bench.Cluster.Change = _ => Task.FromResult(Applied(5));

        foreach (var name in (string[])["a", "b", "a", "c", "a", "b"])
            await bench.Client.ChangeAsync(name, Bench.Write);

        Assert.Equal([0, 0, 5, 0, 5, 0], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void A_new_request_beyond_the_window_is_sent_again_above_the_version_it_was_judged_on() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 40 ? BeyondWindow(40) : Applied(41));

        Assert.Equal(41, (await bench.ChangeAsync()).Version);

        var requests = bench.Requests();
        Assert.Equal([0, 40], requests.Select(request => request.Floor));
        Assert.Single(requests.Select(request => request.RequestId).Distinct());
    });

    [Fact]
    public void A_request_id_without_a_floor_is_taken_for_new_when_it_is_not_remembered() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 40 ? BeyondWindow(40) : Applied(41));

        await bench.ChangeAsync(new ChangeOptions(Id));

        Assert.All(bench.Requests(), request => Assert.Equal(Id, request.RequestId));
        Assert.Equal([0, 40], bench.Requests().Select(request => request.Floor));
    });

    [Fact]
    public void A_request_with_its_floor_is_never_taken_for_new() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(BeyondWindow(40));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync(new ChangeOptions(Id, Floor: 7)));

        Assert.Equal((Id, 7), (error.RequestId, error.Floor));
        Assert.Single(bench.Sent());
    });

    [Fact]
    public void Beyond_the_window_is_unknown_while_another_copy_may_have_been_applied() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Decided(BeyondWindow(40)));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());

        Assert.Equal(0, error.Floor);
        Assert.Equal(600, world.Now);
        Assert.Equal(2, bench.Requests().Length);
    });

    [Fact]
    public void Beyond_the_window_a_copy_that_failed_is_not_waited_for() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw new TimeoutException();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Decided(BeyondWindow(40)));

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());
        Assert.Equal(0, world.Now);
    });

    [Fact]
    public void Beyond_the_window_the_other_copy_may_still_tell() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(500);
            return Applied(3);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Decided(BeyondWindow(40)));

        Assert.Equal(3, (await bench.ChangeAsync()).Version);
    });

    [Fact]
    public void Beyond_the_window_a_copy_that_may_have_been_applied_by_an_earlier_attempt_is_unknown() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(BeyondWindow(40) with { Status = ChangeStatus.Unknown });
        bench.Cluster.Propose = (_, _) => Task.FromResult(Decided(BeyondWindow(40)));

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());
        Assert.Equal(["0 first change", "0 second propose"], bench.Sent());
    });

    [Fact]
    public void When_every_copy_was_judged_beyond_the_window_none_was_applied_and_the_request_starts_afresh() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(400);
            return BeyondWindow(41);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, request) => Task.FromResult(Decided(request.Changes[0].Floor < 40 ? BeyondWindow(40) : Applied(50)));

        Assert.Equal(50, (await bench.ChangeAsync()).Version);
    });
}
