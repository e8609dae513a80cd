using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class ChangeTests
{
    [Fact]
    public void A_change_that_is_answered_in_time_is_sent_once() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(149);
            return Applied(7);
        };

        var outcome = await bench.ChangeAsync();
        await world.Sleep(5000);

        Assert.Equal(7, outcome.Version);
        Assert.Equal(["0 first change"], bench.Sent());
        var request = Assert.Single(bench.Requests());
        Assert.NotEqual(Guid.Empty, request.RequestId);
        Assert.Equal(world.Time.Start, request.At);
    });

    [Fact]
    public void A_change_without_an_answer_goes_to_a_proposer_through_another_gateway_with_the_same_id() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(3));

        var outcome = await bench.ChangeAsync();

        Assert.Equal(3, outcome.Version);
        Assert.Equal(["0 first change", "150 second read Stale", "300 second propose"], bench.Sent());
        Assert.Equal(bench.Requests()[0], bench.Requests()[1]);
    });

    [Fact]
    public void A_change_that_fails_is_sent_again_at_once() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster[bench.Order[0]].Failing = new TimeoutException("silo is gone");
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(1));
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();

        await bench.ChangeAsync();

        Assert.Equal(["0 first change", "0 first read Stale", "0 second propose"], bench.Sent());
        Assert.Equal(bench.Requests()[0], bench.Requests()[1]);
    });

    [Fact]
    public void With_one_gateway_the_second_way_is_a_proposer_through_the_same() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, ["a"]);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(1));

        await bench.ChangeAsync();

        Assert.Contains("300 first propose", bench.Sent());
    });

    [Fact]
    public void A_gateway_taken_for_hung_is_not_waited_for() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world, configure: options => options.HedgeAfter = TimeSpan.FromSeconds(5));
        bench.StartPinging();
        await world.Sleep(1000);
        bench.Cluster[bench.Order[0]].Hang();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Applied(1));
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();

        await bench.ChangeAsync();

        Assert.InRange(world.Now, 1350, 1450);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void The_first_definite_answer_wins_even_if_it_is_that_of_the_first_copy() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(400);
            return Applied(9);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Never<ChangeOutcome>();

        Assert.Equal(9, (await bench.ChangeAsync()).Version);
        Assert.Equal(400, world.Now);
    });

    [Fact]
    public void A_caller_that_gives_up_is_not_kept_waiting() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), world.Time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Client.ChangeAsync(Bench.Register, Bench.Write, new ChangeOptions(Floor: 0), patience.Token));

        Assert.Equal(100, world.Now);
    });

    public static TheoryData<Exception> DefiniteErrors => [new ArgumentException("bad"), new RegisterValueTooLargeException(2, 1)];

    [Theory]
    [MemberData(nameof(DefiniteErrors), DisableDiscoveryEnumeration = true)]
    public void A_definite_error_is_the_answer(Exception error) => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw error;

        Assert.Same(error, await Assert.ThrowsAnyAsync<Exception>(() => bench.ChangeAsync()));
        Assert.Equal(["0 first change"], bench.Sent());
    });

    [Fact]
    public void Bad_arguments_are_refused_before_anything_is_sent() => ClientWorld.Run(async world =>
    {
        var client = new Bench(world).Client;

        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a//b", Bench.Write));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.ChangeAsync("a", null!));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", Change.Set(null!)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", Change.CompareAndSet([], -1)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", new Change(ChangeKind.CompareAndSet, [], null)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", new Change((ChangeKind)9, [], null)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", Bench.Write, new ChangeOptions(Guid.Empty)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync("a", Bench.Write, new ChangeOptions(Floor: -1)));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ReadAsync("/a"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.ReadAsync("a", (ReadConsistency)5));
        await Assert.ThrowsAsync<ArgumentException>(() => client.HistoryAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ListPageAsync("a//"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.ListPageAsync("a", null!));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.ListPageAsync("a", "", 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.ListPageAsync("a", "", 10_001));
        Assert.Throws<ArgumentException>(() => client.WatchAsync("!a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.WatchAsync("a", -1));
    });

    [Fact]
    public void A_retry_whose_entry_left_the_state_is_answered_with_the_entry_in_the_history() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(new ChangeOutcome(ChangeStatus.Applied, Entry: null, Version: 4, WrittenVersion: 2));
        var history = Entries(1, 4);
        bench.Cluster.History = _ => Task.FromResult(history);
        Assert.Same(history[1], (await bench.ChangeAsync()).Entry);
    });

    [Fact]
    public void A_retry_whose_entry_is_nowhere_or_cannot_be_read_is_applied_all_the_same() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var applied = new ChangeOutcome(ChangeStatus.Applied, Entry: null, Version: 40, WrittenVersion: 2);
        bench.Cluster.Change = _ => Task.FromResult(applied);
        bench.Cluster.History = _ => Task.FromResult(Entries(25, 40));
        Assert.Equal(applied, await bench.ChangeAsync());
        bench.Cluster.History = _ => throw NoMajority();
        Assert.Equal(applied, await bench.ChangeAsync());
        bench.Cluster.History = _ => Never<ImmutableArray<RegisterEntry>>();
        Assert.Equal(applied, await bench.ChangeAsync());
    });

    [Fact]
    public void A_reused_request_id_is_told() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var reused = new ChangeOutcome(ChangeStatus.RequestIdReused, Entry(2), Version: 4, WrittenVersion: 2);
        bench.Cluster.Change = _ => Task.FromResult(reused);
        Assert.Equal(reused, await bench.ChangeAsync());
        Assert.Single(bench.Sent());
    });
}
