using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Client;

public sealed class GatewayMonitorTests
{
    [Fact]
    public void Every_gateway_is_pinged_about_every_interval() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();

        await world.Sleep(1050);

        Assert.Equal([11, 11, 11], bench.Order.Select(gateway => bench.Cluster.Calls.Count(call => call.Gateway == gateway)));
        await bench.StopPingingAsync();
    });

    [Fact]
    public void A_gateway_that_hangs_is_left_out_after_the_limit_and_back_once_it_answers() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        await world.Sleep(150);
        var gateway = bench.Cluster[bench.Order[0]];

        gateway.Hang();
        await world.Sleep(350);
        Assert.Equal(bench.Order, bench.Live);
        await world.Sleep(100);
        Assert.Equal(bench.Order[1..], bench.Live);

        await world.Sleep(2000);
        Assert.Equal(bench.Order[1..], bench.Live);
        gateway.Resume();
        await world.Sleep(1);
        Assert.Equal(bench.Order, bench.Live);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void While_a_ping_is_under_way_no_other_is_sent_until_it_is_given_up() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, ["a"]);
        bench.StartPinging();
        await world.Sleep(150);
        bench.Cluster.Calls.Clear();
        bench.Cluster["a"].Hang();

        await world.Sleep(1350);
        Assert.Single(bench.Cluster.Calls);
        await world.Sleep(10_000);
        Assert.InRange(bench.Cluster.Calls.Count, 4, 8);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void The_failure_of_a_ping_that_was_given_up_says_nothing() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var lost = new TaskCompletionSource();
        bench.StartPinging();
        await world.Sleep(50);
        bench.Cluster.Ping = gateway => gateway == bench.Order[0] ? lost.Task : Task.CompletedTask;
        await world.Sleep(3000);
        Assert.Equal(bench.Order[1..], bench.Live);
        bench.Cluster.Ping = _ => Task.CompletedTask;
        await world.Sleep(3000);
        Assert.Equal(bench.Order, bench.Live);

        lost.SetException(new TimeoutException("the answer to an old ping"));
        await world.Sleep(1);

        Assert.Equal(bench.Order, bench.Live);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void A_ping_that_fails_takes_the_gateway_out_at_once_and_it_is_asked_more_rarely() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        await world.Sleep(50);
        var gateway = bench.Cluster[bench.Order[0]];
        gateway.Failing = new InvalidOperationException("refused");

        await world.Sleep(60);
        Assert.Equal(bench.Order[1..], bench.Live);
        bench.Cluster.Calls.Clear();
        await world.Sleep(10_000);
        Assert.InRange(bench.Cluster.Calls.Count(call => call.Gateway == gateway.Name), 9, 15);

        gateway.Failing = null;
        await world.Sleep(1000);
        Assert.Equal(bench.Order, bench.Live);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void When_all_hang_all_are_tried() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        foreach (var gateway in bench.Order)
            bench.Cluster[gateway].Hang();

        await world.Sleep(1000);

        Assert.Equal(bench.Order, bench.Live);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void Those_out_of_reach_are_not_tried() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        bench.Cluster[bench.Order[0]].Hang();
        bench.Cluster[bench.Order[1]].Failing = new InvalidOperationException("refused");
        bench.Cluster[bench.Order[2]].Failing = new InvalidOperationException("refused");

        await world.Sleep(1000);

        Assert.Equal([bench.Order[0]], bench.Live);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void A_slow_gateway_whose_calls_are_answered_is_not_hung() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Ping = _ => world.Sleep(900);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        bench.StartPinging();

        for (var call = 0; call < 20; call++)
        {
            await bench.Client.ReadAsync(Bench.Register);
            await world.Sleep(100);
            Assert.Equal(bench.Order[0], bench.Live.First());
        }

        await bench.StopPingingAsync();
    });

    [Fact]
    public void The_set_may_change() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, ["a", "b"]);
        bench.StartPinging();
        await world.Sleep(1000);

        bench.Cluster.Remove("a");
        bench.Cluster.Add("c");
        Assert.Equal(["b", "c"], bench.Live.Order());
        await world.Sleep(200);
        bench.Cluster.Calls.Clear();
        await world.Sleep(1000);

        Assert.Equal(["b", "c"], bench.Cluster.Calls.Select(call => call.Gateway).Distinct().Order());
        await bench.StopPingingAsync();
    });

    [Fact]
    public void Registers_spread_over_the_gateways_and_each_keeps_its_order() => ClientWorld.Run(world =>
    {
        var all = new Bench(world, ["a", "b", "c"]);
        var fewer = new Bench(world, ["c", "a"]);
        var first = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 0 };

        for (var index = 0; index < 3000; index++)
        {
            var name = $"app/setting-{index}";
            var order = all.Monitor.Live(name).Select(gateway => gateway.Gateway.Name).ToList();
            first[order[0]]++;
            Assert.Equal(order.Where(gateway => gateway != "b"), fewer.Monitor.Live(name).Select(gateway => gateway.Gateway.Name));
        }

        Assert.All(first.Values, share => Assert.InRange(share, 800, 1200));
        return Task.CompletedTask;
    });

    [Fact]
    public void The_order_is_the_same_in_every_process() => ClientWorld.Run(world =>
    {
        var bench = new Bench(world, ["127.0.0.1:30000", "127.0.0.1:30001", "127.0.0.1:30002"]);
        string First(string name) => bench.Monitor.Live(name)[0].Gateway.Name[^1..];

        Assert.Equal("2001", string.Concat(((string[])["flags/dark-mode", "a", "b", "routing/table"]).Select(First)));
        return Task.CompletedTask;
    });
}
