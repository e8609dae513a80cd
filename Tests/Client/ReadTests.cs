using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class ReadTests
{
    [Theory]
    [InlineData(ReadConsistency.Linearizable)]
    [InlineData(ReadConsistency.Stale)]
    public void A_read_goes_to_the_grain(ReadConsistency consistency) => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(Entry(3));

        Assert.Equal(3, (await bench.Client.ReadAsync(Bench.Register, consistency))!.Version);
        await world.Sleep(1000);
        Assert.Equal([$"0 first read {consistency}"], bench.Sent());
    });

    [Fact]
    public void Never_written_is_an_answer() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);

        Assert.Null(await bench.Client.ReadAsync(Bench.Register));
    });

    [Fact]
    public void A_slow_read_goes_to_a_proposer_through_another_gateway() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.QuorumRead = (_, name) => Task.FromResult<RegisterEntry?>(name == Bench.Register ? Entry(3) : null);

        Assert.Equal(3, (await bench.Client.ReadAsync(Bench.Register))!.Version);
        Assert.Contains("300 second quorum read", bench.Sent());
    });

    [Fact]
    public void A_read_that_fails_is_tried_until_time_is_up_and_then_the_cluster_is_unavailable() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => throw new TimeoutException("slow");
        bench.Cluster.QuorumRead = (_, _) => throw new InvalidOperationException("stopping");

        var error = await Assert.ThrowsAsync<QuorumUnavailableException>(() => bench.Client.ReadAsync(Bench.Register));

        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal(10_000, world.Now);
        Assert.InRange(bench.Sent().Length, 10, 25);
    });

    [Fact]
    public void When_no_gateway_finds_a_majority_the_read_ends_at_once() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => throw NoMajority();
        bench.Cluster.QuorumRead = (_, _) => throw NoMajority();

        await Assert.ThrowsAsync<QuorumUnavailableException>(() => bench.Client.ReadAsync(Bench.Register));
        Assert.Equal(["0 first read Linearizable", "0 second quorum read", "0 third quorum read"], bench.Sent());
    });

    [Fact]
    public void A_set_mismatch_is_told_as_such() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, ["a"]);
        bench.Cluster.Read = (_, _) => throw new AcceptorSetMismatchException("epoch 1: a", "epoch 2: b");

        await Assert.ThrowsAsync<AcceptorSetMismatchException>(() => bench.Client.ReadAsync(Bench.Register));
    });

    [Fact]
    public void History_lists_and_status_are_asked_of_a_second_proposer_when_the_first_is_slow() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var first = true;
        async Task<T> SecondTime<T>(T answer)
        {
            first = !first;
            if (!first)
                await Never<bool>();
            return answer;
        }

        bench.Cluster.History = _ => SecondTime(Entries(1, 2));
        bench.Cluster.List = (_, _, _) => SecondTime(new NamePage(["a"], false));
        bench.Cluster.Status = _ => SecondTime(new ClusterStatus(1, 2, [], "a"));

        Assert.Equal(2, (await bench.Client.HistoryAsync(Bench.Register)).Length);
        Assert.Equal(["a"], (await bench.Client.ListPageAsync("a", "", 10)).Names);
        Assert.Equal(1, (await bench.Client.StatusAsync()).Epoch);
        Assert.Equal(900, world.Now);
        Assert.Equal(2, bench.Cluster.Calls.Where(call => call.What == "history").Select(call => call.Gateway).Distinct().Count());
    });
}
