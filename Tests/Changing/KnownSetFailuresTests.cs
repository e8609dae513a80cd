using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Changing;

/// <summary>Failures that other systems had when their members changed, each told by the number of its issue.</summary>
public sealed class KnownSetFailuresTests
{
    /// <summary>etcd-io/etcd #19557: a promotion was written to one of two stores, and after a restart from the other the member was a learner again.</summary>
    [Fact]
    public async Task Etcd19557_each_acceptor_knows_from_its_own_storage_whether_it_votes()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        world.AddNode("b1");
        await world.ChangeSetAsync(new AcceptorChange(["b1"], ["a3"]));
        foreach (var node in world.Nodes.Values)
        {
            await world.QuietAsync();
            foreach (var other in world.Nodes.Values)
                other.Down = other != node;
            node.Connect(world.NewPeers());
            var status = await node.StatusAsync();
            Assert.Equal((node.Name == "a3" ? AcceptorStanding.Retired : AcceptorStanding.Voting, 3), (status.Standing, status.Epoch));
        }
    }

    /// <summary>etcd-io/etcd #20793: a new member got the members from one that had them wrong, and handed them on.</summary>
    [Fact]
    public async Task Etcd20793_a_newcomer_takes_nothing_over_from_an_acceptor_that_is_behind()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        world.AddNode("b1");
        world.AddNode("b2");
        await world.QuietAsync();
        world.Node(2).Down = true;
        await world.ChangeSetAsync(new AcceptorChange(["b1"], ["a3"]));
        world.Node(2).Down = false;
        var late = await world.ChangeSetAsync(new AcceptorChange(["b2"], []));

        Assert.Equal(late, await world.Nodes["b2"].FollowAsync(world.Set));
        world.Nodes["b2"].Connect(world.NewPeers());
        Assert.Equal(late, await world.Nodes["b2"].FollowAsync(world.Set));
        Assert.Equal(late, await world.Node(2).FollowAsync(late));
        Assert.All(late.Names, name => Assert.Equal(AcceptorStanding.Voting, world.Nodes[name].StatusAsync().Result.Standing));
    }

    /// <summary>etcd-io/etcd #21694: an update of a learner made it a voter in the list of members.</summary>
    [Theory]
    [InlineData("b1", AcceptorStanding.Learner)]
    [InlineData("a1", AcceptorStanding.StorageLost)]
    public async Task Etcd21694_who_stands_ready_to_be_added_gets_no_vote_by_anything_but_a_change(string name, AcceptorStanding standing)
    {
        var world = new PaxosWorld();
        world.AddNode("b1");
        world.AddNode("b2");
        var node = world.Nodes[name];
        await node.EnrollAsync(new EnrollRequest(world.Set));
        node.Connect(world.NewPeers());
        Assert.Equal(standing, (await node.StatusAsync()).Standing);

        var set = world.Set.ChangeTo([.. world.Set.Members, new AcceptorMember("b2", UniqueId.New())], new Dictionary<string, Guid>());
        await node.FollowAsync(set);
        await node.FollowAsync(set.Completed());
        node.Restart();
        var refusal = await Assert.ThrowsAsync<AcceptorNotVotingException>(() => node.ReadAsync(new ReadRequest(set.Completed().Id, "r", Ballot.None, WithState: true)));
        Assert.Equal(standing, refusal.Standing);
    }
}
