using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>Watchers of a prefix, on real Orleans, while silos die, hang and come back.</summary>
public sealed class WatchedPrefixTests
{
    [Fact]
    public async Task Each_watcher_is_given_every_version_once_and_in_order_across_a_kill_a_hang_and_a_return()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options => options.HistoryEntries = 100); // a slow watcher misses none
        await using var gateways = new ClusterGateways(cluster);
        var batch = await cluster.GrainsOf(cluster.Silos[0]).GetGrain<IPrefixWatchGrain>("any").WatchAsync("app/", "", TimeSpan.Zero);
        Assert.True(batch is { Begins: true, Listed: true, Events.IsEmpty: true });

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watchers = Enumerable.Range(0, 8).Select(_ => new Watcher(gateways.Client, stopping.Token)).ToList();
        var written = 0;
        await WriteAsync(10);
        await cluster.KillAsync(cluster.Silos[1]);
        await WriteAsync(10);
        await cluster.StartAsync(cluster.Silos[1]);
        await WriteAsync(10);
        cluster.Hang(cluster.Silos[2]);
        await WriteAsync(10);
        cluster.Resume(cluster.Silos[2]);
        await WriteAsync(10);
        foreach (var watcher in watchers)
            await watcher.UntilAsync("app/", versions: written);
        await stopping.CancelAsync();
        Assert.All(watchers, watcher => Assert.Empty(watcher.Wrong));

        async Task WriteAsync(int times)
        {
            for (var time = 0; time < times; time++, written++)
            {
                for (var register = 0; register < 5; register++)
                    await gateways.Client.ChangeAsync($"app/{register}", Change.Set(Requests.Bytes($"{written}")));
            }
        }
    }

    private sealed class Watcher
    {
        private readonly Dictionary<string, long> _last = [];
        private readonly Task _watching;

        public Watcher(IRegisterClient client, CancellationToken cancellationToken) => _watching = WatchAsync(client, cancellationToken);

        /// <summary>What came twice, or too early.</summary>
        public List<string> Wrong { get; } = [];

        /// <summary>Waits until five registers are at a version.</summary>
        public async Task UntilAsync(string prefix, long versions)
        {
            while (Enumerable.Range(0, 5).Any(register => LastOf($"{prefix}{register}") < versions))
            {
                if (_watching.IsCompleted)
                    await _watching;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        private long LastOf(string name)
        {
            lock (_last)
                return _last.GetValueOrDefault(name);
        }

        private async Task WatchAsync(IRegisterClient client, CancellationToken cancellationToken)
        {
            await foreach (var batch in client.WatchPrefixAsync("app/", "", cancellationToken))
            {
                foreach (var (name, versions) in batch.Events)
                    Take(name, versions, mayJump: batch.Begins);
            }
        }

        private void Take(string name, WatchBatch versions, bool mayJump)
        {
            lock (_last)
            {
                var last = _last.GetValueOrDefault(name);
                foreach (var entry in versions.Entries)
                {
                    if (entry.Version != last + 1 && !(mayJump && entry.Version >= last))
                        Wrong.Add($"{name}: {entry.Version} after {last}, compacted {versions.CompactedThrough}");
                    _last[name] = last = entry.Version;
                }
            }
        }
    }
}
