using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

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
        Assert.False(late.Granted && ProposerRules.Highest([early, late], new Quorums(3)).Highest.State.Newest is not null);
    }

    private async Task ForgetAsync(params int[] acceptors)
    {
        foreach (var acceptor in acceptors)
            await _world.Node(acceptor).ForgetAsync();
    }
}
