using Orleans.Paxos.Proposers;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>On storage that writes a register with all that belongs to it in one commit, and that nobody else can write to.</summary>
public sealed class OneCommitForgettingTests() : ForgettingTests(inOneCommit: true, isShared: false);

/// <summary>On storage that writes one record at a time, and that others can write to: a storage account.</summary>
public sealed class AccountForgettingTests() : ForgettingTests(inOneCommit: false, isShared: true);

/// <summary>What is left of a register that was deleted, step by step (docs/protocol.md, "Forgetting").</summary>
public abstract class ForgettingTests
{
    private const int MostSteps = 50;

    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    private readonly ShiftedClock _clock = new();
    private readonly PaxosWorld _world;

    protected ForgettingTests(bool inOneCommit, bool isShared)
    {
        _world = new PaxosWorld(3, options => options.ForgetAfter = Retention, _clock, inOneCommit);
        foreach (var node in _world.Nodes.Values)
            node.Storage.IsExclusivelyOwned = !isShared;
    }

    [Fact]
    public async Task A_deleted_register_leaves_every_acceptor_once_its_time_is_over()
    {
        await WriteAndDeleteAsync("r");
        await ForgetEverywhereAsync();
        Assert.Equal(["r", "r", "r"], await NamesAsync());
        await ForgetAsync();
        Assert.Empty(await NamesAsync());
        foreach (var node in _world.Nodes.Values)
        {
            Assert.DoesNotContain("register", node.Storage.StateNames);
            var status = await node.StatusAsync();
            Assert.Equal((0, 1, ""), (status.Registers, status.Forgetting!.Forgotten, status.Forgetting.WaitsFor));
        }
    }

    /// <summary>The last of them ask when most others hold the end no more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public async Task It_leaves_them_however_many_they_are(int acceptors)
    {
        var world = new PaxosWorld(acceptors, options => options.ForgetAfter = Retention, _clock, inOneCommit: true);
        await WriteAndDeleteAsync("r", world);
        await ForgetAsync(world);
        Assert.Empty(await NamesAsync(world));
        foreach (var node in world.Nodes.Values)
            Assert.Equal(1, (await node.StatusAsync()).Forgetting!.Forgotten);
    }

    /// <summary>The holder of a lock that it has lost may still write when everything else of the register is forgotten.</summary>
    [Fact]
    public async Task A_guard_outlives_its_register_until_a_deletion_takes_it_away()
    {
        var fence = new Fence("lock", 7);
        await WriteAndDeleteAsync("other");
        await _world.ProposeAsync("r", Requests.New(Change.Set([1]) with { Fence = fence }));
        await _world.ProposeAsync("r", Requests.New(Change.Delete() with { Fence = fence }, floor: 1));
        _clock.Advance(Retention);
        for (var step = 0; step < MostSteps; step++)
            await ForgetEverywhereAsync();
        Assert.Equal(["r", "r", "r"], await NamesAsync());
        Assert.All(_world.Nodes.Values, node => Assert.Equal("", node.StatusAsync().Result.Forgetting!.WaitsFor));
        var late = await ChangeAsync(Change.Set([2]) with { Fence = new Fence("lock", 6) }, floor: 2);
        Assert.Equal((ChangeStatus.Fenced, fence, true), (late.Status, late.Entry!.Guard, late.Entry.Deleted));

        Assert.Equal(ChangeStatus.Applied, (await ChangeAsync(Change.Set([2]), floor: 2)).Status);
        Assert.Equal(ChangeStatus.Applied, (await ChangeAsync(Change.Delete(), floor: 3)).Status);
        await ForgetAsync();
        Assert.Empty(await NamesAsync());

        async Task<ChangeOutcome> ChangeAsync(Change change, long floor) =>
            (await _world.ProposeAsync("r", new ChangeRequest(UniqueId.New(), change, _clock.GetUtcNow(), floor))).Outcomes[0];
    }

    [Fact]
    public async Task A_register_that_comes_back_begins_above_what_was_forgotten()
    {
        await WriteAndDeleteAsync("r");
        await ForgetAsync();
        var register = _world.NewRegister("r");
        Assert.Null(await register.ReadAsync(ReadConsistency.Linearizable));
        var floor = await register.FloorAsync();
        Assert.Equal(3, floor); // the end has a version of its own
        var written = await register.ChangeAsync(Requests.Set("again", floor));
        Assert.Equal((ChangeStatus.Applied, 4), (written.Status, written.Version));
        Assert.Equal(["r", "r", "r"], await NamesAsync());
    }

    [Fact]
    public async Task A_request_that_comes_again_after_its_register_was_forgotten_is_not_applied_again()
    {
        var request = Requests.Set("1");
        var register = _world.NewRegister("r");
        await register.ChangeAsync(request);
        await register.ChangeAsync(new ChangeRequest(UniqueId.New(), Change.Delete(), _clock.GetUtcNow(), Floor: 1));
        await ForgetAsync();
        Assert.Equal(ChangeStatus.BeyondWindow, (await _world.NewRegister("r").ChangeAsync(request)).Status);
        Assert.Null(await _world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable));
    }

    [Fact]
    public async Task A_prepared_round_from_before_does_not_write_afterwards()
    {
        var proposer = _world.NewProposer();
        var written = await proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], Prepared: null));
        var deleted = await proposer.ProposeAsync(new ProposeRequest("r", [new ChangeRequest(UniqueId.New(), Change.Delete(), _clock.GetUtcNow(), Floor: 1)], written.Next));
        await ForgetAsync();
        var accept = new AcceptRequest(_world.Set.Id, "r", deleted.Next!.Ballot, deleted.Chosen!.State, Ballot.None);
        foreach (var node in _world.Nodes.Values)
            Assert.False((await node.AcceptAsync(accept)).Accepted);
    }

    [Fact]
    public async Task An_acceptor_that_is_away_keeps_the_others_from_forgetting_and_they_say_so()
    {
        await WriteAndDeleteAsync("r");
        await ForgetEverywhereAsync();
        _clock.Advance(Retention);
        _world.Node(3).Down = true;
        var waits = "";
        for (var step = 0; step < MostSteps && waits.Length == 0; step++) // until it has ended at the others
        {
            await ForgetEverywhereAsync();
            waits = (await _world.Node(1).StatusAsync()).Forgetting!.WaitsFor;
        }

        _clock.Advance(TimeSpan.FromMinutes(7));
        await _world.Node(1).ForgetAsync();
        var status = await _world.Node(1).StatusAsync();
        Assert.Equal((1, 0, waits), (status.Registers, status.Forgetting!.Forgotten, status.Forgetting.WaitsFor));
        Assert.Matches(@"^It waits for 'a3': .* \(since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\)$", waits);
        _world.Node(3).Down = false;
        _clock.Advance(TimeSpan.FromSeconds(1)); // it was left out of rounds for a while
        await ForgetAsync();
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task An_acceptor_that_missed_the_end_is_sent_it_before_anyone_forgets()
    {
        await WriteAndDeleteAsync("r");
        _clock.Advance(Retention);
        _world.Node(3).Down = true;
        await ForgetEverywhereAsync(); // the register ends at two of them
        await ForgetEverywhereAsync();
        _world.Node(3).Down = false;
        _clock.Advance(TimeSpan.FromSeconds(1)); // it was left out of rounds for a while
        Assert.Equal(["r", "r", "r"], await NamesAsync());
        await ForgetAsync();
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task The_watermark_is_durable_before_the_record_goes()
    {
        await EndAsync("r");
        var written = WritesOf(_world.Node(1));
        await _world.Node(1).ForgetAsync();
        Assert.Equal(["watermarks", "watermarks", "register"], written.Where(static state => state != "names"));
        Assert.True(written.IndexOf("names") is -1 or 3);
    }

    [Fact]
    public async Task Who_is_asked_raises_its_watermark_first()
    {
        await EndAsync("r");
        var written = WritesOf(_world.Node(1));
        await _world.Node(2).ForgetAsync();
        Assert.Equal(["watermarks"], written);
        Assert.Equal(["r", "r"], await NamesAsync());
    }

    [Fact]
    public async Task A_restart_between_the_steps_loses_neither_the_promises_nor_the_versions()
    {
        await WriteAndDeleteAsync("r");
        await ForgetAsync();
        foreach (var node in _world.Nodes.Values)
            node.Restart();
        var reply = await _world.Node(1).PrepareAsync(new PrepareRequest(_world.Set.Id, "r", new Ballot(2, UniqueId.New())));
        Assert.False(reply.Granted);
        Assert.Equal(4, (await _world.NewRegister("r").ChangeAsync(Requests.Set("again", floor: 3))).Version);
    }

    [Fact]
    public async Task A_register_that_was_written_again_is_kept()
    {
        await WriteAndDeleteAsync("r");
        await ForgetEverywhereAsync();
        await _world.ProposeAsync("r", Requests.Set("2", floor: 2));
        _clock.Advance(Retention);
        await ForgetAsync();
        Assert.Equal("2", (await _world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable)).Text());
    }

    [Fact]
    public async Task A_promise_for_a_register_that_was_never_written_goes_and_still_counts()
    {
        var rival = new PrepareRequest(_world.Set.Id, "r", new Ballot(7, UniqueId.New()));
        Assert.True((await _world.Node(1).PrepareAsync(rival)).Granted);
        await _world.Node(1).ForgetAsync(); // a proposal may be under way
        Assert.Contains("register", _world.Node(1).Storage.StateNames);
        await _world.Node(1).ForgetAsync();
        await _world.Node(1).ForgetAsync();
        Assert.DoesNotContain("register", _world.Node(1).Storage.StateNames);
        _world.Node(1).Restart();
        Assert.False((await _world.Node(1).PrepareAsync(rival with { Ballot = new Ballot(7, UniqueId.New()) })).Granted);
        Assert.False((await _world.Node(1).AcceptAsync(new AcceptRequest(_world.Set.Id, "r", rival.Ballot, RegisterState.Empty, Ballot.None))).Accepted);
        Assert.True((await _world.Node(1).PrepareAsync(rival with { Ballot = new Ballot(8, UniqueId.New()) })).Granted);
    }

    [Fact]
    public async Task A_promise_that_is_used_stays()
    {
        var round = 7;
        for (; round < 12; round++)
        {
            await _world.Node(1).ForgetAsync();
            Assert.True((await _world.Node(1).PrepareAsync(new PrepareRequest(_world.Set.Id, "r", new Ballot(round, UniqueId.New())))).Granted);
        }

        Assert.DoesNotContain(_world.Node(1).Storage.StateNames, static state => state.StartsWith("watermarks", StringComparison.Ordinal));
    }

    private async Task WriteAndDeleteAsync(string register, PaxosWorld? world = null)
    {
        world ??= _world;
        await world.ProposeAsync(register, Requests.Set("1"));
        await world.ProposeAsync(register, new ChangeRequest(UniqueId.New(), Change.Delete(), _clock.GetUtcNow(), Floor: 1));
    }

    /// <summary>Lets a register end at all acceptors, and none of them forget it.</summary>
    private async Task EndAsync(string register)
    {
        await WriteAndDeleteAsync(register);
        await ForgetEverywhereAsync();
        _clock.Advance(Retention);
        await _world.NewProposer().ProposeAsync(ProposeRequest.End(register));
        await _world.QuietAsync();
    }

    /// <summary>The records that an acceptor writes from now on, by what they are.</summary>
    private static List<string> WritesOf(AcceptorNode node)
    {
        var written = new List<string>();
        node.Storage.BeforeWrite = state =>
        {
            written.Add(state.Split('-')[0]);
            return Task.CompletedTask;
        };
        return written;
    }

    /// <summary>Lets the retention pass, and the acceptors take steps until the names are forgotten. How many that takes depends on whose answers come first.</summary>
    private async Task ForgetAsync(PaxosWorld? world = null)
    {
        _clock.Advance(Retention);
        for (var step = 0; step < MostSteps && (await NamesAsync(world)).Count > 0; step++)
            await ForgetEverywhereAsync(world);
    }

    private async Task ForgetEverywhereAsync(PaxosWorld? world = null)
    {
        foreach (var node in (world ?? _world).Nodes.Values)
            await node.ForgetAsync();
    }

    private async Task<List<string>> NamesAsync(PaxosWorld? world = null)
    {
        world ??= _world;
        var names = new List<string>();
        foreach (var node in world.Nodes.Values)
            names.AddRange((await node.ListAsync(new ListRequest(world.Set.Id, "", "", 10))).Names.Select(static listed => listed.Name));
        return names;
    }
}
