using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;
using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>The counterexamples that the exploration of forgetting found, with the production classes.</summary>
public sealed class ForgettingRaceTests
{
    private readonly PaxosWorld _world = new(3, options => options.ForgetAfter = TimeSpan.Zero, inOneCommit: true);

    [Fact]
    public async Task A_prepared_round_from_before_the_first_write_does_not_refuse_what_was_applied()
    {
        var (early, writer) = (_world.NewProposer(), _world.NewProposer());
        var refused = await early.ProposeAsync(new ProposeRequest("r", [Requests.New(Change.Delete(), floor: 0)], Prepared: null));
        Assert.Equal(ChangeStatus.NotFound, refused.Outcomes[0].Status);
        var delete = Requests.New(Change.Delete(), floor: 1);
        await writer.ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], Prepared: null));
        var applied = await writer.ProposeAsync(new ProposeRequest("r", [delete], Prepared: null));
        Assert.Equal(ChangeStatus.Applied, applied.Outcomes[0].Status);
        for (var step = 0; step < 4; step++)
            await ForgetAsync(1, 2, 3);
        var again = await early.ProposeAsync(new ProposeRequest("r", [delete], refused.Next));
        Assert.Equal(ChangeStatus.BeyondWindow, again.Outcomes[0].Status);
    }

    [Fact]
    public async Task A_proposal_from_before_a_later_end_does_not_see_the_register_as_it_was_before_the_end()
    {
        foreach (var node in _world.Nodes.Values)
            node.End = static _ => Task.CompletedTask; // the ends are proposed here
        await _world.ProposeAsync("r", Requests.Set("1"));
        await _world.ProposeAsync("r", Requests.New(Change.Delete(), floor: 1));
        _world.Node(2).Down = true;
        var ended = await _world.NewProposer().ProposeAsync(ProposeRequest.End("r")); // chosen by a1 and a3
        _world.Node(2).Down = false;
        var rival = new PrepareRequest(_world.Set.Id, "r", new Ballot(ended.Next!.Ballot.Round + 1, UniqueId.New()));
        var early = await _world.Node(2).PrepareAsync(rival);
        var later = rival with { Ballot = new Ballot(rival.Ballot.Round + 1, UniqueId.New()) };
        Assert.True((await _world.Node(1).PrepareAsync(later)).Granted && (await _world.Node(2).PrepareAsync(later)).Granted);
        Assert.True((await _world.Node(2).AcceptAsync(new AcceptRequest(_world.Set.Id, "r", later.Ballot, ended.Chosen!.State, Ballot.None))).Accepted);
        await ForgetAsync(2, 1, 3);
        var late = await _world.Node(3).PrepareAsync(rival);
        Assert.False(late.Granted && ProposerRules.Highest(new[] { early, late }.Numbered(), Voters.Of(3)).Highest.State.Newest is not null);
    }

    [Fact]
    public async Task An_acceptor_that_does_not_know_a_register_does_not_count_as_one_that_has_forgotten_it()
    {
        var world = new PaxosWorld(3, options => (options.ForgetAfter, options.NameBuckets) = (TimeSpan.Zero, 1), inOneCommit: true);
        foreach (var node in world.Nodes.Values)
            node.End = static _ => Task.CompletedTask; // the ends are proposed here
        await world.ProposeAsync("other", Requests.Set("1"));
        world.Node(3).Down = true;
        await WriteAndEndAsync(world, "r");
        world.Node(3).Down = false;
        for (var version = 1; version < 8; version++)
            await world.ProposeAsync("s", Requests.Set("1", floor: version - 1));
        await WriteAndEndAsync(world, "s", after: 7);
        for (var step = 0; step < 8; step++)
        {
            foreach (var node in world.Nodes.Values)
                await node.ForgetAsync();
        }

        var names = (await world.Node(1).ListAsync(new ListRequest(world.Set.Id, "", "", 10))).Names;
        Assert.Equal(["other", "r"], names.Select(static listed => listed.Name));
    }

    private static async Task WriteAndEndAsync(PaxosWorld world, string register, long after = 0)
    {
        await world.ProposeAsync(register, Requests.Set("1", after));
        await world.ProposeAsync(register, Requests.New(Change.Delete(), floor: after + 1));
        await world.NewProposer().ProposeAsync(ProposeRequest.End(register));
        await world.QuietAsync();
    }

    /// <summary>
    /// Another activation of the acceptor writes and forgets the register before this one stores its empty record, or before it stores its promise.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task In_a_storage_account_nothing_is_promised_by_what_was_known_before_the_register_was_forgotten(int heldWrite)
    {
        var world = new PaxosWorld(1, options => options.ForgetAfter = TimeSpan.Zero);
        var node = world.Node(1);
        node.Storage.IsExclusivelyOwned = false;
        await world.ProposeAsync("other", Requests.Set("1")); // the acceptor votes
        var late = node.NewActivation();
        await late.StatusAsync("a1");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writes = 0;
        node.Storage.BeforeWrite = _ =>
        {
            if (++writes != heldWrite)
                return Task.CompletedTask;
            reached.SetResult();
            return go.Task;
        };
        var promised = late.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(1, UniqueId.New())));
        await Task.WhenAny(reached.Task, promised);
        await world.ProposeAsync("r", Requests.Set("1"));
        await world.ProposeAsync("r", Requests.New(Change.Delete(), floor: 1));
        for (var step = 0; step < 8; step++)
            await node.ForgetAsync();
        Assert.Equal(1, (await node.StatusAsync()).Forgetting!.Forgotten);
        go.SetResult();
        Assert.False(await IsGrantedAsync(promised));
    }

    private static async Task<bool> IsGrantedAsync(Task<PrepareReply> promised)
    {
        try
        {
            return (await promised).Granted;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task ForgetAsync(params int[] acceptors)
    {
        foreach (var acceptor in acceptors)
            await _world.Node(acceptor).ForgetAsync();
    }
}
