using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>The client bypasses a register grain that did not answer, until the grain answers a probe.</summary>
public sealed class SuspectRegisterTests
{
    [Fact]
    public void Later_changes_go_to_a_proposer_and_return_to_the_grain_once_it_has_answered_a_probe() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var grain = new TaskCompletionSource();
        bench.Cluster.Change = async _ =>
        {
            await grain.Task;
            return Applied(1);
        };
        bench.Cluster.Read = async (_, _) =>
        {
            await grain.Task;
            return null;
        };
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        await bench.ChangeAsync();
        Assert.Equal(["0 first change", "150 second read Stale", "300 second propose"], bench.Sent());
        await bench.ChangeAsync();
        Assert.Equal("300 first propose", bench.Sent()[^1]);

        grain.SetResult();
        await world.Sleep(1);
        await bench.ChangeAsync();
        Assert.Equal("301 first change", bench.Sent()[^1]);
        Assert.Equal(2, bench.Sent().Count(call => call.EndsWith("change", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_proposer_that_does_not_answer_is_hedged_too() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (gateway, _) => gateway == bench.Order[0] ? Never<ChangeOutcome>() : Task.FromResult(Applied(2));
        await bench.ChangeAsync();
        bench.Cluster.Calls.Clear();

        await bench.ChangeAsync();

        Assert.Equal(["300 first propose", "600 second propose"], bench.Sent());
        Assert.Single(bench.Requests().Distinct());
    });

    [Fact]
    public void It_is_probed_by_reads_only_and_more_and_more_rarely() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        for (var change = 0; change < 200; change++)
        {
            await bench.ChangeAsync();
            await world.Sleep(100);
        }

        Assert.Single(bench.Sent(), call => call.EndsWith("change", StringComparison.Ordinal));
        var probes = bench.Cluster.Calls.Where(call => call.What == "read Stale").Select(call => call.AtMilliseconds).ToArray();
        Assert.Equal([150, 1300, 3300, 7300, 12300, 17300], probes);
    });

    [Fact]
    public void A_probe_that_fails_leaves_it_suspect_and_one_that_finds_no_majority_does_not() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw new TimeoutException();
        bench.Cluster.Read = (_, _) => throw new TimeoutException();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        await bench.ChangeAsync();
        await bench.ChangeAsync();
        Assert.Equal("0 first propose", bench.Sent()[^1]);

        bench.Cluster.Read = (_, _) => throw NoMajority();
        await world.Sleep(1000);
        await bench.ChangeAsync();
        await bench.ChangeAsync();
        Assert.Contains("1000 first change", bench.Sent());
    });

    [Fact]
    public void A_grain_that_answers_no_majority_is_not_suspect() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw NoMajority();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        await bench.ChangeAsync();
        await bench.ChangeAsync();

        Assert.Equal(2, bench.Sent().Count(call => call == "0 first change"));
    });

    [Fact]
    public void A_register_whose_first_choice_of_gateway_hangs_is_presumed_suspect_until_its_grain_answers() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var grain = new TaskCompletionSource();
        bench.StartPinging();
        await world.Sleep(50);
        bench.Cluster[bench.Order[0]].Hang();
        await world.Sleep(1000);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));
        bench.Cluster.Read = async (_, _) =>
        {
            await grain.Task;
            return null;
        };
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(2));

        await bench.ChangeAsync();
        await bench.ChangeAsync();
        Assert.Equal(["1050 second read Stale", "1050 second propose", "1050 second propose"], bench.Sent());

        grain.SetResult();
        await world.Sleep(1);
        await bench.ChangeAsync();
        await bench.ChangeAsync();
        Assert.Equal(["1051 second change", "1051 second change"], bench.Sent()[^2..]);

        bench.Cluster[bench.Order[0]].Resume();
        await world.Sleep(1);
        await bench.ChangeAsync();
        Assert.Equal("1052 first change", bench.Sent()[^1]);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void Reads_pass_it_by_as_well() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.QuorumRead = (_, _) => Task.FromResult<RegisterEntry?>(Entry(3));

        await bench.Client.ReadAsync(Bench.Register);
        await bench.Client.ReadAsync(Bench.Register, ReadConsistency.Stale);

        Assert.Equal(
            ["0 first read Linearizable", "150 second read Stale", "300 second quorum read", "300 first quorum read"],
            bench.Sent());
    });
}
