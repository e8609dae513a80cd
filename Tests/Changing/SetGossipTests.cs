using Orleans.Paxos.Changing;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Changing;

/// <summary>Silos come to know the set without being asked for anything.</summary>
public sealed class SetGossipTests
{
    [Fact]
    public async Task A_silo_learns_the_set_from_any_silo_though_all_acceptors_that_it_knows_came_back_blank()
    {
        var world = new PaxosWorld(acceptors: 1);
        await world.JoinAsync();
        world.AddNode("b1");
        await world.ChangeSetAsync(new AcceptorChange(["b1"], ["a1"]));
        world.Node(1).Storage.Wipe();
        world.Node(1).Connect(world.NewPeers());

        var silo = world.NewPeers(() => ["a1", "b1", "gone"]);
        var gossip = new SetGossip(silo, new Random(1));
        for (var exchanges = 0; exchanges < 20; exchanges++)
            await gossip.ExchangeAsync();
        Assert.Equal(["b1"], silo.Current.Set.Names);
    }
}
