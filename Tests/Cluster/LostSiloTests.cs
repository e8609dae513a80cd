using System.Collections.Concurrent;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cluster;

public sealed class LostSiloTests
{
    [Fact]
    public async Task With_one_silo_killed_under_load_reads_and_writes_go_on_and_nothing_is_lost()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var gateways = new ClusterGateways(cluster);
        var load = new Load(gateways.Client, writers: 16);
        await load.RunUntilAsync(acknowledged: 200);
        await cluster.KillAsync(cluster.Silos[1]);
        await load.RunUntilAsync(acknowledged: 600);
        await load.StopAsync();
        await load.VerifyAsync();
    }

    [Fact]
    public async Task With_two_silos_killed_calls_are_unavailable_and_service_resumes_when_one_returns()
    {
        await using var cluster = await TestCluster.StartAsync(configure: options => options.ProposalTimeout = TimeSpan.FromMilliseconds(700));
        await using var gateways = new ClusterGateways(cluster);
        await gateways.Client.ChangeAsync("r", Change.Set(Requests.Bytes("1")));
        await cluster.KillAsync(cluster.Silos[1]);
        await cluster.KillAsync(cluster.Silos[2]);

        var failure = await Assert.ThrowsAsync<QuorumUnavailableException>(() => gateways.Client.ChangeAsync("other", Change.Set(Requests.Bytes("2"))));
        Assert.Equal([cluster.Silos[0]], failure.Answered);
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => gateways.Client.ReadAsync("r"));

        await cluster.StartAsync(cluster.Silos[1]);
        Assert.Equal("1", (await UntilAvailableAsync(() => gateways.Client.ReadAsync("r"))).Text());
        Assert.Equal(2, (await UntilAvailableAsync(() => gateways.Client.ChangeAsync("r", Change.Set(Requests.Bytes("3"))))).Version);
        Assert.Null(await gateways.Client.ReadAsync("other"));
    }

    [Fact]
    public async Task The_death_of_a_silo_deactivates_no_acceptor_on_a_surviving_one()
    {
        await using var cluster = await TestCluster.StartAsync();
        var survivors = new[] { cluster.Silos[0], cluster.Silos[2] };
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => cluster.Register($"r{number}", cluster.Silos[number % 3]).ChangeAsync(Requests.Set("1"))));
        var activations = survivors.ToDictionary(silo => silo, silo => cluster.Storages[silo].IdentityReads);
        Assert.All(activations.Values, count => Assert.Equal(2, count)); // one activation: the identity, and where earlier builds kept it

        await using var gateways = new ClusterGateways(cluster);
        await cluster.KillAsync(cluster.Silos[1]);
        for (var number = 0; number < 50; number++)
            await gateways.Client.ChangeAsync($"r{number}", Change.Set(Requests.Bytes("2")));
        Assert.All(survivors, silo => Assert.Equal(activations[silo], cluster.Storages[silo].IdentityReads));
    }

    [Fact]
    public async Task A_watcher_sees_every_version_once_and_in_order_across_a_silo_kill()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var gateways = new ClusterGateways(cluster);
        var holder = await HolderOfAsync(cluster, "r");
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentQueue<long>();
        var watcher = Task.Run(async () =>
        {
            await foreach (var batch in gateways.Client.WatchAsync("r", 0, stop.Token))
            {
                Assert.Equal(0, batch.CompactedThrough);
                foreach (var entry in batch.Entries)
                    seen.Enqueue(entry.Version);
                if (seen.Count >= 60)
                    return;
            }
        });
        for (var count = 0; count < 60; count++)
        {
            if (count == 20)
                await cluster.KillAsync(holder);
            var outcome = await gateways.Client.ChangeAsync("r", Change.Set(Requests.Bytes($"{count}")));
            while (seen.LastOrDefault() < outcome.Version - 8) // stay within the history, as a writer with a slow watcher cannot know
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        await watcher;
        Assert.Equal(Enumerable.Range(1, 60), seen.Select(version => (int)version));
    }

    /// <summary>Writes through a silo other than the first, so that the register's grain is placed there.</summary>
    private static async Task<string> HolderOfAsync(TestCluster cluster, string name)
    {
        await cluster.Register(name, cluster.Silos[2]).ReadAsync(ReadConsistency.Linearizable);
        return cluster.Silos[2];
    }

    private static async Task<T> UntilAvailableAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (QuorumUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
