using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>On storage that writes several records in one commit, and that nobody else can write to.</summary>
public sealed class OneCommitRaisedWatermarkTests() : RaisedWatermarkTests(inOneCommit: true);

/// <summary>On storage that writes one record at a time, and that others can write to: a storage account.</summary>
public sealed class AccountRaisedWatermarkTests() : RaisedWatermarkTests(inOneCommit: false);

/// <summary>Watermarks are read and raised from outside (docs/protocol.md, "Forgetting").</summary>
public abstract class RaisedWatermarkTests
{
    private const int Buckets = 65_536;

    private readonly PaxosWorld _world;

    protected RaisedWatermarkTests(bool inOneCommit)
    {
        _world = new PaxosWorld(3, inOneCommit: inOneCommit);
        foreach (var node in _world.Nodes.Values)
            node.Storage.IsExclusivelyOwned = inOneCommit;
    }

    [Fact]
    public async Task Raised_watermarks_outlive_a_restart_and_are_told_page_by_page()
    {
        var raised = new[] { new BucketWatermark(0, 7, 3, 9), new BucketWatermark(15, 1, 0, 1), new BucketWatermark(16, 0, 0, 5), new BucketWatermark(Buckets - 1, 2, 2, 2) };
        var now = await RaiseAsync(1, raised);
        Assert.Equal(raised, now.Watermarks);
        _world.Node(1).Restart();
        Assert.Equal(raised, await ReadAsync(0, Buckets));
        Assert.Equal(raised[..2], await ReadAsync(0, 16));
        Assert.Equal(raised[1..3], await ReadAsync(1, 16));
        Assert.Equal(raised[3..], await ReadAsync(17, Buckets));
        Assert.Empty(await ReadAsync(Buckets, 10));
    }

    [Fact]
    public async Task A_watermark_never_decreases()
    {
        await RaiseAsync(1, new BucketWatermark(5, 10, 4, 3));
        Assert.Equal([new BucketWatermark(5, 10, 6, 3)], (await RaiseAsync(1, new BucketWatermark(5, 7, 6, 2))).Watermarks);
        Assert.Equal([new BucketWatermark(5, 10, 6, 8)], (await RaiseAsync(1, new BucketWatermark(5, 0, 0, 8))).Watermarks);
    }

    [Fact]
    public async Task It_is_durable_before_the_acceptor_answers()
    {
        await _world.JoinAsync();
        var written = new TaskCompletionSource();
        _world.Node(1).Storage.BeforeWrite = state => state.StartsWith("watermarks", StringComparison.Ordinal) ? written.Task : Task.CompletedTask;
        var raise = RaiseAsync(1, new BucketWatermark(5, 10, 4, 3));
        Assert.Empty(await ReadAsync(0, Buckets));
        Assert.False(raise.IsCompleted);
        written.SetResult();
        await raise;
        Assert.Single(await ReadAsync(0, Buckets));
    }

    [Fact]
    public async Task A_new_name_begins_above_and_has_no_initial_round()
    {
        await RaiseEverywhereAsync("r", version: 100);
        var initial = new AcceptRequest(_world.Set.Id, "r", Ballot.Initial(UniqueId.New()), RegisterState.Empty, Ballot.None);
        Assert.False((await _world.Node(1).AcceptAsync(initial)).Accepted);
        var register = _world.NewRegister("r");
        Assert.Null(await register.ReadAsync(ReadConsistency.Linearizable));
        Assert.Equal(100, await register.FloorAsync());
        Assert.Equal((ChangeStatus.Applied, 101), Of(await register.ChangeAsync(Requests.Set("1", floor: 100))));
    }

    /// <summary>So every acceptor raises them: one that was left out accepts what the others refuse, and that is gone on from.</summary>
    [Fact]
    public async Task An_acceptor_that_was_left_out_may_have_a_name_begin_below()
    {
        await _world.JoinAsync();
        foreach (var number in (int[])[1, 2])
            await RaiseAsync(number, Of("r", 100));
        var first = ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Set("1")], _world.Options.HistoryLimits).State;
        var accepted = await Task.WhenAll(_world.Nodes.Values.Select(node => node.AcceptAsync(new AcceptRequest(_world.Set.Id, "r", Ballot.Initial(UniqueId.New()), first, Ballot.None))));
        Assert.Single(accepted, static reply => reply.Accepted);
        _world.Node(1).Down = true;
        Assert.Equal((ChangeStatus.Applied, 2), Of(await _world.NewRegister("r").ChangeAsync(Requests.Set("2"))));
    }

    [Fact]
    public async Task A_majority_that_has_raised_it_counts_where_nothing_was_accepted()
    {
        await _world.JoinAsync();
        foreach (var number in (int[])[1, 2])
            await RaiseAsync(number, Of("r", 100));
        _world.Node(1).Down = true;
        Assert.Equal((ChangeStatus.Applied, 101), Of(await _world.NewRegister("r").ChangeAsync(Requests.Set("1"))));
    }

    [Fact]
    public async Task A_register_that_is_known_goes_on_as_before()
    {
        var register = _world.NewRegister("r");
        await register.ChangeAsync(Requests.Set("1"));
        await RaiseEverywhereAsync("r", version: 100, forgotten: 100);
        Assert.Equal((ChangeStatus.Applied, 2), Of(await _world.NewRegister("r").ChangeAsync(Requests.Set("2", floor: 1))));
    }

    [Fact]
    public async Task A_request_from_before_what_is_forgotten_is_not_applied()
    {
        await RaiseEverywhereAsync("r", version: 100, forgotten: 50);
        Assert.Equal(ChangeStatus.BeyondWindow, (await _world.NewRegister("r").ChangeAsync(Requests.Set("1", floor: 49))).Status);
        Assert.Equal((ChangeStatus.Applied, 101), Of(await _world.NewRegister("r").ChangeAsync(Requests.Set("1", floor: 50))));
    }

    /// <summary>So watermarks are raised before a name is used.</summary>
    [Fact]
    public async Task A_promise_from_before_tells_what_it_told()
    {
        await _world.ProposeAsync("r", Requests.New(Change.CompareAndSet([1], 5)));
        await RaiseEverywhereAsync("r", version: 100);
        Assert.Equal((ChangeStatus.Applied, 1), Of(await _world.NewRegister("r").ChangeAsync(Requests.Set("1"))));
    }

    [Theory]
    [InlineData(Buckets, 1, 1, 1)]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(0, 1, 2, 1)]
    [InlineData(0, 1, -1, 1)]
    [InlineData(0, 0, 0, -1)]
    public async Task What_is_no_watermark_is_refused_with_all_that_comes_with_it(int bucket, long version, long forgotten, long round)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => RaiseAsync(1, new BucketWatermark(7, 1, 1, 1), new BucketWatermark(bucket, version, forgotten, round)));
        Assert.Empty(await ReadAsync(0, Buckets));
    }

    [Fact]
    public async Task Another_set_is_refused()
    {
        var other = new AcceptorSet(["b1"]).Id;
        await Assert.ThrowsAsync<AcceptorSetMismatchException>(() => _world.Node(1).RaiseAsync(new RaiseRequest(other, [new BucketWatermark(0, 1, 1, 1)])));
        await Assert.ThrowsAsync<AcceptorSetMismatchException>(() => _world.Node(1).WatermarksAsync(new WatermarksRequest(other, 0, 1)));
    }

    private static (ChangeStatus Status, long Version) Of(ChangeOutcome outcome) => (outcome.Status, outcome.Version);

    private static BucketWatermark Of(string register, long version, long forgotten = 0)
    {
        var (page, index) = Watermarks.PlaceOf(register, Buckets);
        return new BucketWatermark((page * 16) + index, version, forgotten, Round: 0);
    }

    private async Task RaiseEverywhereAsync(string register, long version, long forgotten = 0)
    {
        foreach (var number in (int[])[1, 2, 3])
            Assert.Equal([Of(register, version, forgotten) with { Round = 1 }], (await RaiseAsync(number, Of(register, version, forgotten))).Watermarks);
    }

    private Task<WatermarksReply> RaiseAsync(int acceptor, params BucketWatermark[] watermarks) =>
        _world.Node(acceptor).RaiseAsync(new RaiseRequest(_world.Set.Id, [.. watermarks]));

    private async Task<IEnumerable<BucketWatermark>> ReadAsync(int first, int count)
    {
        var reply = await _world.Node(1).WatermarksAsync(new WatermarksRequest(_world.Set.Id, first, count));
        Assert.Equal(Buckets, reply.Buckets);
        return reply.Watermarks;
    }
}
