using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cluster;

public sealed class ClusterTests
{
    [Fact]
    public async Task A_value_written_through_one_silo_is_read_through_every_other()
    {
        await using var cluster = await TestCluster.StartAsync();
        var written = await cluster.Register("flags/dark-mode", cluster.Silos[0]).ChangeAsync(Requests.Set("on"));
        Assert.Equal(ChangeStatus.Applied, written.Status);
        foreach (var silo in cluster.Silos)
        {
            var read = await cluster.Register("flags/dark-mode", silo).ReadAsync(ReadConsistency.Linearizable);
            Assert.Equal("on", read.Text());
            Assert.Equal("on", (await cluster.Proposer(silo).ReadAsync("flags/dark-mode")).Text());
        }
    }

    [Fact]
    public async Task Every_character_that_is_a_name_is_a_key_that_Orleans_takes_as_it_is()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var grains = cluster.GrainsOf(cluster.Silos[0]);
        var names = Enumerable.Range(0, char.MaxValue + 1).Select(code => $"{(char)code}").Where(name => RegisterName.Problem(name) is null).ToList();
        Assert.InRange(names.Count, 60_000, 65_000);
        Assert.All(names, name => Assert.Equal(name, grains.GetGrain<IConfigRegisterGrain>(name).GetPrimaryKeyString()));
    }
}
