using Microsoft.Extensions.DependencyInjection;
using Orleans.Local;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>The client library against a silo that hangs as a stopped process does, which only the stand-in can do inside one process.</summary>
public sealed class HungSiloTests
{
    private static readonly string[] Silos = ["a1", "a2", "a3"];

    [Theory]
    [InlineData("a1"), InlineData("a2"), InlineData("a3")]
    public async Task While_one_silo_hangs_every_register_is_written_and_read_and_nothing_is_lost_when_it_comes_back(string hung)
    {
        await using var cluster = await StartAsync();
        await using var gateways = new ClusterGateways(Silos.Select(silo => new SiloGateway(silo, cluster.ClientThrough(silo))));
        var names = Enumerable.Range(0, 30).Select(number => $"r{number}").ToArray();
        foreach (var name in names)
            Assert.Equal(1, (await SetAsync(gateways.Client, name, "before")).Version);

        cluster.PauseSilo(hung);
        var during = await Task.WhenAll(names.Select(name => SetAsync(gateways.Client, name, "during")));
        Assert.All(during, outcome => Assert.Equal((ChangeStatus.Applied, 2L), (outcome.Status, outcome.Version)));
        foreach (var name in names)
            Assert.Equal("during", (await gateways.Client.ReadAsync(name)).Text());

        cluster.ResumeSilo(hung);
        var after = await Task.WhenAll(names.Select(name => SetAsync(gateways.Client, name, "after")));
        Assert.All(after, outcome => Assert.Equal((ChangeStatus.Applied, 3L), (outcome.Status, outcome.Version)));
    }

    private static Task<ChangeOutcome> SetAsync(IRegisterClient client, string name, string value) =>
        client.ChangeAsync(name, Change.Set(Requests.Bytes(value)));

    private static async Task<LocalCluster> StartAsync()
    {
        var builder = new LocalClusterBuilder().ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(PaxosStorage.ProviderName, new MemoryStorage());
            silo.AddPaxos(options => options.Acceptors = [.. Silos]);
        });
        foreach (var silo in Silos)
            builder.AddSilo(silo);
        var cluster = builder.Build();
        await cluster.StartAsync();
        var proposer = cluster.Client.GetGrain<IProposerGrain>("any");
        while ((await proposer.StatusAsync()).Acceptors.Any(acceptor => acceptor.Standing != AcceptorStanding.Voting))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return cluster;
    }
}
