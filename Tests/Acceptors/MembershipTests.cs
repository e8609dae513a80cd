using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>I9: an acceptor that lost its storage does not vote.</summary>
public sealed class MembershipTests
{
    private static readonly Guid Proposer = new("aaaaaaaa-0000-0000-0000-000000000000");

    [Fact]
    public async Task I9_a_blank_acceptor_votes_only_when_every_other_one_has_noted_it()
    {
        var world = new PaxosWorld();
        world.Node(3).Down = true;
        var refusal = await Assert.ThrowsAsync<AcceptorNotVotingException>(() => PrepareAsync(world, 1));
        Assert.Equal(AcceptorStanding.Joining, refusal.Standing);
        Assert.Contains("no answer yet from a3", refusal.Message);

        world.Node(3).Down = false;
        await UntilVotingAsync(world, 1);
        Assert.True((await PrepareAsync(world, 1)).Granted);
    }

    [Fact]
    public async Task An_acceptor_that_nobody_asks_joins_by_itself_once_the_others_are_there()
    {
        var world = new PaxosWorld();
        world.Node(3).Down = true;
        await world.Node(1).StatusAsync();
        world.Node(3).Down = false;
        var asked = world.Node(1).Requests;
        while (world.Node(1).Storage.Writes < 2) // its identity, then that it votes
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.Equal(asked, world.Node(1).Requests);
        Assert.True((await PrepareAsync(world, 1)).Granted);
    }

    [Fact]
    public async Task I9_an_acceptor_that_lost_its_storage_does_not_vote_again()
    {
        var world = new PaxosWorld();
        await world.ProposeAsync("r", Requests.Set("1"));
        await world.QuietAsync();
        world.Node(1).Storage.Wipe();
        world.Node(1).Restart();

        var refusal = await Assert.ThrowsAsync<AcceptorNotVotingException>(() => PrepareAsync(world, 1));
        Assert.Equal(AcceptorStanding.StorageLost, refusal.Standing);
        Assert.Equal(AcceptorStanding.StorageLost, (await world.Node(1).StatusAsync()).Standing);
        Assert.Equal("1", (await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable)).Text());
    }

    [Fact]
    public async Task I9_the_rule_holds_when_the_others_were_restarted_since()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        foreach (var node in world.Nodes.Values)
            node.Restart();
        world.Node(2).Storage.Wipe();
        Assert.Equal(AcceptorStanding.StorageLost, (await world.Node(2).StatusAsync()).Standing);
    }

    [Fact]
    public async Task I9_an_acceptor_whose_storage_is_emptied_while_it_runs_stops_voting()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        foreach (var node in world.Nodes.Values)
            node.Storage.IsExclusivelyOwned = false;
        await world.ProposeAsync("r", Requests.Set("1"));
        await world.QuietAsync();
        world.Node(1).Storage.Wipe();

        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => world.Node(1).ReadAsync(new ReadRequest(world.Set.Id, "r", Ballot.None, WithState: true)));
        var refusal = await Assert.ThrowsAsync<AcceptorNotVotingException>(() => PrepareAsync(world, 1));
        Assert.Equal(AcceptorStanding.StorageLost, refusal.Standing);
        Assert.Equal("1", (await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable)).Text());
    }

    [Fact]
    public async Task I9_a_first_write_that_lands_on_storage_emptied_meanwhile_is_not_answered()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var storage = world.Node(1).Storage;
        storage.IsExclusivelyOwned = false;
        storage.BeforeWrite = state =>
        {
            if (state == "register")
                storage.Wipe();
            return Task.CompletedTask;
        };
        var refusal = await Assert.ThrowsAsync<AcceptorNotVotingException>(() => PrepareAsync(world, 1));
        Assert.Equal(AcceptorStanding.StorageLost, refusal.Standing);
    }

    [Fact]
    public async Task I9_questions_that_wait_while_the_storage_is_found_to_be_emptied_are_not_answered()
    {
        var world = new PaxosWorld(1);
        var storage = world.Node(1).Storage;
        storage.IsExclusivelyOwned = false;
        var acceptor = world.Node(1).NewActivation();
        await acceptor.StatusAsync("a1");
        var writing = new TaskCompletionSource();
        storage.BeforeWrite = _ => writing.Task;
        var first = acceptor.PrepareAsync(Prepare(world, round: 1));
        var second = acceptor.PrepareAsync(Prepare(world, round: 2));
        storage.Wipe();
        writing.SetResult();
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => first);
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => second);
    }

    [Fact]
    public async Task An_acceptor_alone_in_its_set_votes_at_once()
    {
        var world = new PaxosWorld(1);
        Assert.True((await PrepareAsync(world, 1)).Granted);
    }

    [Fact]
    public async Task A_crash_between_noting_and_voting_is_no_lost_storage()
    {
        var world = new PaxosWorld();
        world.Node(3).Down = true;
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => PrepareAsync(world, 1));
        world.Node(1).Restart();
        world.Node(3).Down = false;
        Assert.Equal(AcceptorStanding.Voting, (await world.Node(1).StatusAsync()).Standing);
    }

    [Fact]
    public async Task I10_storage_of_another_set_is_refused_and_left_untouched()
    {
        var old = new PaxosWorld();
        await old.JoinAsync();
        var other = new AcceptorSet(["a1", "a2", "a3", "a4", "a5"]);
        var node = old.Node(1);
        var writes = node.Storage.Writes;
        var peers = new AcceptorPeers(other, name => old.Nodes.GetValueOrDefault(name)!, old.Options.AcceptorTimeout, old.Clock);
        var acceptor = new Acceptor(new AcceptorStorage(node.Storage, "a1", UniqueId.New), peers, old.Options, static _ => Task.CompletedTask, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
        var status = await acceptor.StatusAsync("a1");
        Assert.Equal(AcceptorStanding.ForeignStorage, status.Standing);
        Assert.Contains("epoch 1: a1, a2, a3, a4, a5", status.Detail);
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => acceptor.PrepareAsync(new PrepareRequest(other.Id, "r", new Ballot(1, Proposer))));
        Assert.Equal(writes, node.Storage.Writes);
    }

    private static Task<PrepareReply> PrepareAsync(PaxosWorld world, int node) => world.Node(node).PrepareAsync(Prepare(world, round: 1));

    private static PrepareRequest Prepare(PaxosWorld world, long round) => new(world.Set.Id, "r", new Ballot(round, Proposer));

    private static async Task UntilVotingAsync(PaxosWorld world, int node)
    {
        while ((await world.Node(node).StatusAsync()).Standing != AcceptorStanding.Voting)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }
}
