using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>A change ends as unavailable only if every copy certainly wrote nothing; otherwise it ends as unknown.</summary>
public sealed class UnknownOutcomeTests
{
    [Fact]
    public void Without_any_answer_the_outcome_is_unknown_when_time_is_up() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Never<ChangeOutcome>();

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync(new ChangeOptions(Floor: 12)));

        Assert.Equal(10_000, world.Now);
        Assert.Equal(12, error.Floor);
        Assert.Equal([error.RequestId], bench.Requests().Select(request => request.RequestId).Distinct());
        Assert.Equal([0, 300, 900, 2100, 4500, 9300], bench.Cluster.Calls.Where(call => call.Request is not null).Select(call => call.AtMilliseconds));
    });

    [Fact]
    public void The_last_failure_is_told() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, configure: options => options.RequestTimeout = TimeSpan.FromSeconds(1));
        bench.Cluster.Change = _ => throw new InvalidOperationException("first");
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => throw new InvalidOperationException("the silo is stopping");

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());

        Assert.Equal("the silo is stopping", Assert.IsType<InvalidOperationException>(error.InnerException).Message);
        Assert.Contains("the silo is stopping", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 50, 150, 350, 750], bench.Cluster.Calls.Where(call => call.Request is not null).Select(call => call.AtMilliseconds));
    });

    [Fact]
    public void When_every_copy_wrote_nothing_no_majority_is_the_answer_once_each_gateway_was_asked() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw NoMajority();
        bench.Cluster.Propose = (_, _) => throw NoMajority();

        var error = await Assert.ThrowsAsync<QuorumUnavailableException>(() => bench.ChangeAsync());

        Assert.Equal(["a"], error.Answered);
        Assert.Equal(2, error.Needed);
        Assert.Equal(["0 first change", "0 second propose", "0 third propose"], bench.Sent());
    });

    [Fact]
    public void One_copy_that_may_have_been_written_makes_it_unknown() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw new TimeoutException();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => throw NoMajority();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => bench.ChangeAsync());
        Assert.Equal(10_000, world.Now);
    });

    [Fact]
    public void A_proposal_of_unknown_outcome_is_tried_again_and_found_out() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var proposals = 0;
        bench.Cluster.Change = _ => throw NoOutcome();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => ++proposals == 1 ? throw NoOutcome() : Task.FromResult(Applied(8));

        Assert.Equal(8, (await bench.ChangeAsync()).Version);
        Assert.Equal(50, world.Now);
    });

    [Fact]
    public void A_majority_behind_another_gateway_is_found() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw NoMajority();
        bench.Cluster.Propose = (gateway, _) => gateway == bench.Order[2] ? Task.FromResult(Applied(2)) : throw NoMajority();

        Assert.Equal(2, (await bench.ChangeAsync()).Version);
    });

    [Fact]
    public void Without_a_gateway_a_call_waits_for_one_and_then_says_so() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, []);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));

        var error = await Assert.ThrowsAsync<QuorumUnavailableException>(() => bench.ChangeAsync());
        Assert.Contains("No gateway", error.Message, StringComparison.Ordinal);
        Assert.Equal(10_000, world.Now);

        var late = bench.ChangeAsync();
        await world.Sleep(1000);
        bench.Cluster.Add("a");
        await late;
        Assert.InRange(world.Now, 11_000, 11_050);
    });
}
