using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Hosting.Membership;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The client library over TCP with three silo processes, one of which is killed or hangs.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class ClusterClientTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Writers = 8;
    private const int RegistersEach = 6;
    private static readonly string[] Names = ["a1", "a2", "a3"];

    private readonly string _data = Directory.CreateTempSubdirectory("cluster-").FullName;
    private readonly Dictionary<string, SiloUnderTest> _silos = [];
    private IHost? _client;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Names.Select(StartAsync));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("paxos", "paxos"));
            client.UseMembershipFile(Path.Combine(_data, "membership.db"));
            client.AddPaxos();
        });
        _client = builder.Build();
        await _client.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.StopAsync();
        _client?.Dispose();
        foreach (var silo in _silos.Values)
            await silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("SIGKILL"), InlineData("SIGSTOP")]
    public async Task Every_register_is_written_while_one_of_three_processes_is_gone_and_nothing_is_lost(string signal)
    {
        var registers = _client!.Services.GetRequiredService<IRegisterClient>();
        var writing = new Writing(registers);
        await writing.RoundsAsync(5);
        foreach (var victim in Names)
        {
            writing.Longest = TimeSpan.Zero;
            if (signal == "SIGKILL")
                await _silos[victim].KillAsync();
            else
                _silos[victim].Freeze();
            await writing.RoundsAsync(12);
            output.WriteLine($"{signal} of {victim}: the longest of {writing.Count} operations took {writing.Longest.TotalMilliseconds:0} ms");
            if (signal == "SIGKILL")
                await StartAsync(victim);
            else
                _silos[victim].Thaw();
            await VotingAsync(victim);
            await writing.RoundsAsync(3);
        }

        await writing.VerifyAsync();
    }

    private async Task StartAsync(string name)
    {
        var silo = await SiloUnderTest.ServeAsync(_data, null, "--silo", name, "--acceptor-set", string.Join(',', Names));
        lock (_silos)
            _silos[name] = silo;
    }

    private async Task VotingAsync(string name)
    {
        var registers = _client!.Services.GetRequiredService<IRegisterClient>();
        while ((await registers.StatusAsync()).Acceptors.Single(acceptor => acceptor.Acceptor == name).Standing != AcceptorStanding.Voting)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    /// <summary>Writers that each write their own registers in turn. Every write must succeed.</summary>
    private sealed class Writing(IRegisterClient registers)
    {
        private readonly ConcurrentDictionary<string, long> _versions = new();
        private readonly Lock _gate = new();

        public TimeSpan Longest { get; set; }

        public int Count { get; private set; }

        public Task RoundsAsync(int rounds) => Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var round = 0; round < rounds; round++)
            {
                for (var number = 0; number < RegistersEach; number++)
                    await WriteAsync($"writer/{writer}/{number}");
            }
        }));

        public async Task VerifyAsync()
        {
            foreach (var (name, version) in _versions)
                Assert.Equal(version, (await registers.ReadAsync(name))!.Version);
        }

        private async Task WriteAsync(string name)
        {
            var clock = Stopwatch.StartNew();
            var outcome = await registers.ChangeAsync(name, Change.Set(Requests.Bytes("value")));
            Assert.Equal((ChangeStatus.Applied, _versions.GetValueOrDefault(name) + 1), (outcome.Status, outcome.Version));
            _versions[name] = outcome.Version;
            lock (_gate)
            {
                Count++;
                Longest = clock.Elapsed > Longest ? clock.Elapsed : Longest;
            }
        }
    }
}
