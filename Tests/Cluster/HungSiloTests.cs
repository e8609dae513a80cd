using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>The client library with a silo that hangs but is still a member of the cluster.</summary>
public sealed class HungSiloTests
{
    [Fact]
    public async Task While_any_one_silo_hangs_every_register_is_written_and_read_and_nothing_is_lost_when_it_resumes()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var gateways = new ClusterGateways(cluster);
        var names = Enumerable.Range(0, 30).Select(number => $"r{number}").ToArray();
        var version = 0L;
        await WriteAllAsync("before");
        foreach (var silo in cluster.Silos)
        {
            cluster.Hang(silo);
            await WriteAllAsync($"while {silo} hangs");
            foreach (var name in names)
                Assert.Equal($"while {silo} hangs", (await gateways.Client.ReadAsync(name)).Text());
            cluster.Resume(silo);
            await WriteAllAsync($"after {silo} hung");
        }

        async Task WriteAllAsync(string value)
        {
            version++;
            var outcomes = await Task.WhenAll(names.Select(name => gateways.Client.ChangeAsync(name, Change.Set(Requests.Bytes(value)))));
            Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Applied, version), (outcome.Status, outcome.Version)));
        }
    }
}
