using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Once the window has passed the floor of a request, no one can tell whether the request was applied. The client does not guess.</summary>
public sealed class BeyondWindowTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    [Fact]
    public void The_only_copy_is_not_sent_again_because_it_may_have_been_delivered_before() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(7));
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 40 ? BeyondWindow(40) : Applied(41));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.NewChangeAsync());

        var sent = Assert.Single(bench.Requests());
        Assert.Equal((sent.RequestId, 7), (error.RequestId, error.Floor));
        Assert.Contains("version 40", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_request_of_the_callers_keeps_its_id_and_floor() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(BeyondWindow(40));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync(new ChangeOptions(Id, Floor: 7)));

        Assert.Equal((Id, 7), (error.RequestId, error.Floor));
        Assert.Single(bench.Sent());
    });

    [Fact]
    public void The_call_ends_whatever_copies_are_under_way() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(BeyondWindow(40));

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());

        Assert.Equal(300, world.Now);
        Assert.Equal(2, bench.Requests().Length);
    });

    [Fact]
    public void The_next_request_has_the_version_it_was_judged_on_as_its_floor() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = request => Task.FromResult(request.Floor < 40 ? BeyondWindow(40) : Applied(41));

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());
        Assert.Equal(41, (await bench.NewChangeAsync()).Version);

        Assert.Equal([0, 40], bench.Requests().Select(request => request.Floor));
    });
}
