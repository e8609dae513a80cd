using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>The client waits for a slow grain and bypasses only a grain that shows no sign of life.</summary>
public sealed class SlowGrainTests
{
    [Fact]
    public void A_slow_grain_that_answers_probes_gets_no_copy_to_a_proposer() => ClientWorld.Run(async world =>
    {
        var bench = SlowFor(world, milliseconds: 1100);

        Assert.Equal(1, (await bench.ChangeAsync()).Version);

        Assert.Equal(1100, world.Now);
        Assert.Equal(["0 first change", "150 second read Stale", "450 second read Stale", "750 second read Stale", "1050 second read Stale"], bench.Sent());
    });

    [Fact]
    public void It_is_not_suspect_afterwards() => ClientWorld.Run(async world =>
    {
        var bench = SlowFor(world, milliseconds: 1000);
        await bench.ChangeAsync();
        bench.Cluster.Calls.Clear();

        await bench.ChangeAsync();

        Assert.Equal("1000 first change", bench.Sent()[0]);
        Assert.Single(bench.Requests());
    });

    [Fact]
    public void A_slow_read_is_waited_for_too() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = async (_, consistency) =>
        {
            if (consistency == ReadConsistency.Linearizable)
                await world.Sleep(1000);
            return Entry(3);
        };

        Assert.Equal(3, (await bench.Client.ReadAsync(Bench.Register))!.Version);

        Assert.Equal(["0 first read Linearizable", "150 second read Stale", "450 second read Stale", "750 second read Stale"], bench.Sent());
    });

    [Fact]
    public void Calls_that_wait_for_one_grain_share_its_probes() => ClientWorld.Run(async world =>
    {
        var bench = SlowFor(world, milliseconds: 1000);

        await Task.WhenAll(Enumerable.Range(0, 48).Select(async number =>
        {
            await world.Sleep(number);
            await bench.ChangeAsync();
        }));

        Assert.Equal(48, bench.Requests().Length);
        Assert.InRange(bench.Sent().Length - 48, 3, 8);
    });

    [Fact]
    public void A_grain_that_falls_silent_later_is_gone_around_within_a_hedge_and_a_half() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => world.Now > 500 ? Never<RegisterEntry?>() : Task.FromResult<RegisterEntry?>(null);
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        Assert.Equal(2, (await bench.ChangeAsync()).Version);

        Assert.Equal("900 second propose", bench.Sent()[^1]);
        Assert.Equal(2, bench.Requests().Length);
    });

    [Fact]
    public void A_probe_that_fails_is_no_sign_of_life() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => throw new TimeoutException();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        await bench.ChangeAsync();

        Assert.Equal(300, world.Now);
    });

    [Fact]
    public void With_one_gateway_the_probe_goes_through_it() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, ["a"]);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(1));

        await bench.ChangeAsync();

        Assert.Equal(["0 first change", "150 first read Stale", "300 first propose"], bench.Sent());
    });

    [Fact]
    public void A_copy_that_a_living_grain_does_not_answer_for_long_is_taken_for_lost_and_sent_to_it_again() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var changes = 0;
        bench.Cluster.Change = _ => ++changes == 1 ? Never<ChangeOutcome>() : Task.FromResult(Applied(1));
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);

        await bench.ChangeAsync();

        Assert.Equal("1200 second change", bench.Sent()[^1]);
        Assert.Equal(bench.Requests()[0], bench.Requests()[1]);
    });

    [Fact]
    public void When_a_gateway_that_the_grain_is_not_behind_is_lost_the_next_copy_goes_to_the_grain_through_another() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.StartPinging();
        bench.Cluster[bench.Order[0]].Hang();
        await world.Sleep(500);
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(1));
        await bench.ChangeAsync(); // the grain is found to live elsewhere
        bench.Cluster.Calls.Clear();

        bench.Cluster[bench.Order[1]].Hang();
        await bench.ChangeAsync();

        var changes = bench.Sent().Where(sent => sent.EndsWith("change", StringComparison.Ordinal));
        Assert.Equal(["second change", "third change"], changes.Select(sent => sent[(sent.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.DoesNotContain(bench.Sent(), sent => sent.EndsWith("propose", StringComparison.Ordinal));
        await bench.StopPingingAsync();
    });

    /// <summary>A grain that takes long for changes and answers reads at once.</summary>
    private static Bench SlowFor(ClientWorld world, double milliseconds)
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(milliseconds);
            return Applied(1);
        };
        bench.Cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        return bench;
    }
}
