using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>The acceptor set is asked for as often as it takes, and changed by a call that is sent once.</summary>
public sealed class AcceptorSetClientTests
{
    private static readonly AcceptorSet Founders = new(["a1", "a2", "a3"]);
    private static readonly AcceptorSet Joint = Founders.ChangeTo([.. Founders.Members, new AcceptorMember("a4", UniqueId.New())], new Dictionary<string, Guid>());
    private static readonly AcceptorChange AddOne = new(["a4"], []);

    [Fact]
    public void A_status_that_fails_is_asked_for_elsewhere() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        var failures = 2;
        bench.Cluster.AcceptorStatus = () => failures-- > 0 ? throw new TimeoutException() : Task.FromResult(Status());

        Assert.Equal(Founders, (await client.StatusAsync(TestContext.Current.CancellationToken)).Set);
        Assert.Equal(3, bench.Cluster.Calls.Select(call => call.Gateway).Distinct().Count());
    });

    [Fact]
    public void A_change_is_sent_once_through_a_gateway_that_answers() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.Cluster.ChangeAcceptors = () => Task.FromResult(Joint);
        Assert.Equal(Joint, await client.ChangeAsync(AddOne, TestContext.Current.CancellationToken));
        Assert.Equal(Joint, await client.CancelAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["acceptor status", "add a4 remove ", "acceptor status", "cancel"], bench.Cluster.Calls.Select(call => call.What));
    });

    [Theory]
    [InlineData(typeof(AcceptorChangeRefusedException))]
    [InlineData(typeof(QuorumUnavailableException))]
    public void What_the_cluster_refuses_is_told_as_it_is(Type refusal) => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.Cluster.ChangeAcceptors = () => throw (refusal == typeof(QuorumUnavailableException) ? NoMajority() : new AcceptorChangeRefusedException("It is full."));
        await Assert.ThrowsAsync(refusal, () => client.ChangeAsync(AddOne, TestContext.Current.CancellationToken));
        Assert.Single(bench.Cluster.Calls, IsChange);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_fails_in_between_is_unknown_and_not_sent_again(bool atMajority) => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.Cluster.ChangeAcceptors = () => throw (atMajority ? new OutcomeUnknownException(UniqueId.New(), 3, "half sent") : new TimeoutException("late"));
        var unknown = await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.ChangeAsync(AddOne, TestContext.Current.CancellationToken));
        Assert.Equal(Guid.Empty, unknown.RequestId);
        Assert.Contains("look at its status", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("request id", unknown.Message, StringComparison.Ordinal);
        Assert.Single(bench.Cluster.Calls, IsChange);
    });

    [Fact]
    public void Without_an_answer_it_is_unknown_when_time_is_up() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.Cluster.ChangeAcceptors = Never<AcceptorSet>;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.CancelAsync(TestContext.Current.CancellationToken));
        Assert.Equal(bench.Options.RequestTimeout.TotalMilliseconds, world.Now);
        Assert.Single(bench.Cluster.Calls, IsChange);
    });

    [Fact]
    public void When_its_gateway_hangs_it_is_unknown_at_once() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.StartPinging();
        bench.Cluster.ChangeAcceptors = () =>
        {
            bench.Cluster[bench.Cluster.Calls.Single(IsChange).Gateway].Hang();
            return Never<AcceptorSet>();
        };
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.ChangeAsync(AddOne, TestContext.Current.CancellationToken));
        Assert.InRange(world.Now, 0, 1_000);
        Assert.Single(bench.Cluster.Calls, IsChange);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void Where_no_gateway_answers_nothing_is_sent() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        bench.Cluster.AcceptorStatus = () => throw NoMajority();
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => client.ChangeAsync(AddOne, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(bench.Cluster.Calls, IsChange);
    });

    [Fact]
    public void A_list_that_is_missing_is_an_argument_error() => ClientWorld.Run(async world =>
    {
        var (bench, client) = Create(world);
        await Assert.ThrowsAsync<ArgumentException>(() => client.ChangeAsync(new AcceptorChange(["a4"], default), TestContext.Current.CancellationToken));
        Assert.Empty(bench.Cluster.Calls);
    });

    private static (Bench Bench, AcceptorSetClient Client) Create(ClientWorld world)
    {
        var bench = new Bench(world);
        bench.Cluster.AcceptorStatus = () => Task.FromResult(Status());
        return (bench, new AcceptorSetClient(bench.Monitor, bench.Options, world.Time));
    }

    private static AcceptorSetStatus Status() => new(Founders, ChangeStep.None, 0, 0, "", []);

    private static bool IsChange(Call call) => call.What is not ("ping" or "acceptor status");
}
