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
}
