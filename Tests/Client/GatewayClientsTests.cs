using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Tests.Client.Fakes;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orleans.Paxos.Tests.Client;

/// <summary>AddPaxos on an Orleans client of a real cluster.</summary>
public sealed class GatewayClientsTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();

    private IServiceProvider Client => _cluster.Client.ServiceProvider;

    private IEnumerable<string> Gateways => Client.GetRequiredService<IGatewaySource>().Current.Select(gateway => gateway.Name);

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task There_is_one_client_for_each_gateway_and_calls_work_through_each()
    {
        await UntilAsync(() => Gateways.Distinct().Count() == 3);

        foreach (var gateway in Client.GetRequiredService<IGatewaySource>().Current)
        {
            await gateway.Proposer().PingAsync();
            Assert.NotSame(_cluster.Client, gateway.Grains);
        }
    }

    [Fact]
    public async Task Typed_registers_are_written_read_listed_and_watched()
    {
        var registers = Client.GetRequiredService<IRegisters>();
        var flag = registers.Get<bool>("flags/dark-mode");

        Assert.False((await flag.GetAsync()).Exists);
        Assert.True((await flag.DecideAsync(true)).Applied);
        Assert.False((await flag.DecideAsync(false)).Applied);
        Assert.True((await flag.CompareAndSetAsync(false, 1)).Applied);
        Assert.Equal(ChangeStatus.VersionMismatch, (await flag.CompareAndSetAsync(true, 1)).Status);

        var current = await flag.GetAsync();
        Assert.Equal((true, false, 2), (current.Exists, current.Value, current.Version));
        Assert.Equal([true, false], (await flag.HistoryAsync()).Select(version => version.Value));
        Assert.Equal(["flags/dark-mode"], await ListAsync(registers));
        await foreach (var version in flag.WatchAsync(after: 1))
        {
            Assert.Equal(2, version.Version);
            break;
        }
    }

    [Fact]
    public async Task A_value_over_the_limit_is_refused_with_its_size()
    {
        var client = Client.GetRequiredService<IRegisterClient>();

        var error = await Assert.ThrowsAsync<RegisterValueTooLargeException>(() => client.ChangeAsync("big", Change.Set(new byte[300_000])));

        Assert.Equal(300_000, error.SizeBytes);
    }

    [Fact]
    public async Task Writers_go_on_when_a_silo_is_killed_and_its_gateway_is_left()
    {
        var client = Client.GetRequiredService<IRegisterClient>();
        await UntilAsync(() => Gateways.Count() == 3);
        await WriteAllAsync(client);

        await _cluster.KillSiloAsync(_cluster.Silos[2]);

        await WriteAllAsync(client);
        await UntilAsync(() => Gateways.Count() == 2);
        await WriteAllAsync(client);
        foreach (var name in Names)
            Assert.Equal(3, (await client.ReadAsync(name))!.Version);
    }

    private static IEnumerable<string> Names => Enumerable.Range(0, 30).Select(index => $"register-{index}");

    private static Task WriteAllAsync(IRegisterClient client) =>
        Task.WhenAll(Names.Select(async name => Assert.Equal(ChangeStatus.Applied, (await client.ChangeAsync(name, Bench.Write)).Status)));

    private static async Task<List<string>> ListAsync(IRegisters registers)
    {
        var names = new List<string>();
        await foreach (var name in registers.ListAsync("flags/"))
            names.Add(name);
        return names;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1), "It does not come true.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.UseDistributedGrainDirectory = true;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddLogging(logging => logging.ClearProviders());
            silo.Services.AddKeyedSingleton<IGrainStorage>(PaxosStorage.ProviderName, new MemoryStorage());
            silo.AddPaxos(options =>
            {
                options.Acceptors = ["Silo_0", "Silo_1", "Silo_2"];

                // Three silos and other tests share one or two processors; what is tested here does not depend on time.
                options.AcceptorTimeout = TimeSpan.FromSeconds(5);
                options.ProposalTimeout = TimeSpan.FromSeconds(20);
            });
        });
        builder.ConfigureClient(client => client.AddPaxos(options => options.RequestTimeout = TimeSpan.FromMinutes(1)));
        return builder.Build();
    }
}
