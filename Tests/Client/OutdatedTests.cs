using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>An outdated change was not and will not be applied with its floor. The client sends it again with a higher floor.</summary>
public sealed class OutdatedTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    [Fact]
    public void It_is_sent_again_at_once_above_the_version_it_was_judged_on_and_otherwise_unaltered() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor switch { 0 => Outdated(7), 7 => Outdated(9), 9 => Outdated(11), _ => Applied(12) });

        Assert.Equal(12, (await bench.ChangeAsync()).Version);

        Assert.Equal(0, world.Now);
        Assert.Equal([0L, 7, 9, 11], bench.Requests().Select(request => request.Floor));
        Assert.Single(bench.Requests().Select(request => request with { Floor = 0 }).Distinct());
    });

    [Fact]
    public void A_floor_that_the_caller_gave_is_raised_as_well() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 9 ? Outdated(9) : Applied(10));

        Assert.Equal(10, (await bench.ChangeAsync(new ChangeOptions(Id, Floor: 7))).Version);
        Assert.Equal([(Id, 7L), (Id, 9)], bench.Requests().Select(request => (request.RequestId, request.Floor)));
    });

    [Fact]
    public void The_request_of_an_earlier_call_stays_unknown_beyond_the_window_though_its_floor_was_raised() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 9 ? Outdated(9) : BeyondWindow(40));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync(new ChangeOptions(Id, Floor: 7)));
        Assert.Equal((Id, 9L), (error.RequestId, error.Floor));
    });

    [Fact]
    public void It_is_sent_again_after_a_pause_while_the_floor_does_not_rise() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        bench.Cluster.Change = _ => Task.FromResult(world.Now < 30 ? new ChangeOutcome(ChangeStatus.Outdated, null, 0) : Applied(1));

        Assert.Equal(1, (await bench.ChangeAsync()).Version);
        Assert.Equal(4, bench.Requests().Length);
    });

    [Fact]
    public void Copies_under_way_are_not_waited_for() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, request) => Task.FromResult(request.Floor < 7 ? Outdated(7) : Applied(8));

        Assert.Equal(8, (await bench.ChangeAsync()).Version);
        Assert.Equal(300, world.Now);
    });

    [Fact]
    public void When_it_is_outdated_each_time_until_time_is_up_the_caller_is_told_how_to_go_on() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var version = 0;
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(100);
            return Outdated(++version);
        };

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());

        Assert.Equal(10_000, world.Now);
        Assert.Equal(bench.Requests()[^1].Floor, error.Floor);
    });
}
