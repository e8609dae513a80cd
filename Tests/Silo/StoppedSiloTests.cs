using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Tests.Cli;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>
/// Watchers of every kind, while each of three silo processes is stopped and goes on (SIGSTOP, SIGCONT), and while one is killed. Each
/// watcher came to the silo in question first, and the register's grain is there.
/// </summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class StoppedSiloTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a1", "a2", "a3"];

    /// <summary>A watcher that stands still for a while is not to find that versions have left the history.</summary>
    private static readonly Dictionary<string, string> Environment = new() { ["PAXOS__HISTORYENTRIES"] = "512" };

    private readonly string _data = Directory.CreateTempSubdirectory("stopped-").FullName;
    private readonly int[] _gateways = FreePorts.Take(Names.Length);
    private readonly ConcurrentDictionary<string, SiloUnderTest> _silos = [];

    public async ValueTask InitializeAsync() => await Task.WhenAll(Names.Select(async (name, index) => _silos[name] = await SiloUnderTest.ServeAsync(
        _data, Environment, "--silo", name, "--acceptor-set", string.Join(',', Names), "--gateway-port", $"{_gateways[index]}")));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values)
            await silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Watchers_get_every_version_once_and_in_order_whichever_silo_is_stopped()
    {
        foreach (var victim in Names)
        {
            await using var watched = await WatchAsync(victim);
            await watched.WriteAsync(20);
            await watched.UntilSeenAsync();
            _silos[victim].Freeze();
            await watched.WriteAsync(40);
            await watched.UntilSeenAsync();
            _silos[victim].Thaw();
            await watched.WriteAsync(20);
            await watched.UntilSeenAsync();
            Assert.All(watched.OverHttp, static run => Assert.Contains("no longer answers. The watch goes on", run.Error));
        }
    }

    [Fact]
    public async Task Watchers_get_every_version_once_and_in_order_when_a_silo_is_killed()
    {
        await using var watched = await WatchAsync(Names[1]);
        await watched.WriteAsync(20);
        await watched.UntilSeenAsync();
        await _silos[Names[1]].KillAsync();
        await watched.WriteAsync(40);
        await watched.UntilSeenAsync();
    }

    private async Task<Watched> WatchAsync(string victim)
    {
        var order = Names.OrderBy(name => name != victim).ToList();
        var register = $"{victim}/r";
        (await _silos[victim].Http.PutAsync($"/v1/registers/{register}", new StringContent("0"))).EnsureSuccessStatusCode();
        return new Watched(
            _silos[order[1]].Http,
            register,
            urls: [.. order.SelectMany(name => new[] { "--url", $"{_silos[name].Http.BaseAddress}" })],
            gateways: [.. order.SelectMany(name => new[] { "--gateway", $"127.0.0.1:{_gateways[Array.IndexOf(Names, name)]}" })]);
    }

    /// <summary>A register that is written through one silo, and its watchers.</summary>
    private sealed class Watched(HttpClient writer, string register, string[] urls, string[] gateways) : IAsyncDisposable
    {
        private readonly List<(WatchRun Run, List<long> Seen)> _watchers =
        [
            (new WatchRun([], ["watch", register, "--json", .. urls]), []),
            (new WatchRun([], ["watch", "--prefix", register, "--json", .. urls]), []),
            (new WatchRun([], ["watch", register, "--json", .. gateways]), []),
            (new WatchRun([], ["watch", "--prefix", register, "--json", .. gateways]), []),
        ];

        private long _written = 1;

        public IEnumerable<WatchRun> OverHttp => _watchers.Take(2).Select(watcher => watcher.Run);

        public async Task WriteAsync(int times)
        {
            for (var time = 0; time < times; time++, _written++)
            {
                var written = await writer.PutAsync($"/v1/registers/{register}", new StringContent($"{_written}"), TestContext.Current.CancellationToken);
                Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        /// <summary>Reads every watcher up to the last version that was written: each follows the one before.</summary>
        public Task UntilSeenAsync() => Task.WhenAll(_watchers.Select(async watcher =>
        {
            while (watcher.Seen.LastOrDefault() < _written)
            {
                var version = JsonDocument.Parse(await watcher.Run.LineAsync()).RootElement.GetProperty("version").GetInt64();
                Assert.Equal(watcher.Seen.Count > 0 ? watcher.Seen[^1] + 1 : version, version);
                watcher.Seen.Add(version);
            }
        }));

        public async ValueTask DisposeAsync()
        {
            foreach (var (run, _) in _watchers)
                await run.DisposeAsync();
        }
    }
}
