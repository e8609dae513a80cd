using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

public sealed class WatchTests
{
    [Fact]
    public void Every_version_comes_once_and_in_order_across_the_death_of_a_gateway() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var register = new WatchedRegister(world, bench.Cluster);
        bench.StartPinging();
        var writing = register.WriteAsync(count: 300, everyMilliseconds: 50);
        var dying = Task.Factory.StartNew(
            async () =>
            {
                await world.Sleep(3020);
                bench.Cluster[bench.Order[0]].Hang();
                await world.Sleep(5000);
                bench.Cluster[bench.Order[1]].Failing = new InvalidOperationException("dead");
                await world.Sleep(3000);
                bench.Cluster[bench.Order[0]].Resume();
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            TaskScheduler.Current).Unwrap();

        var seen = await SeenAsync(bench.Client, through: 300);

        Assert.Equal(Enumerable.Range(1, 300).Select(version => (long)version), seen);
        Assert.InRange(world.Now, 15_000, 15_100);
        await Task.WhenAll(writing, dying);
        await bench.StopPingingAsync();
    });

    [Fact]
    public void A_grain_that_is_out_of_reach_is_replaced_by_the_history_until_it_answers() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var register = new WatchedRegister(world, bench.Cluster);
        var grain = new TaskCompletionSource();
        var watch = bench.Cluster.Watch;
        bench.Cluster.Watch = async (after, wait) =>
        {
            await grain.Task;
            return await watch(after, wait);
        };
        bench.Cluster.Read = async (_, _) =>
        {
            await grain.Task;
            return null;
        };
        var writing = register.WriteAsync(count: 100, everyMilliseconds: 400);

        var seen = await SeenAsync(bench.Client, through: 50);

        Assert.Equal(50, seen.Count);
        Assert.InRange(world.Now, 20_000, 20_250);
        Assert.Single(bench.Cluster.Calls, call => call.What.StartsWith("watch", StringComparison.Ordinal));

        grain.SetResult();
        bench.Cluster.Calls.Clear();
        seen = await SeenAsync(bench.Client, through: 100, after: 50);
        Assert.Equal(50, seen.Count);
        Assert.InRange(bench.Cluster.Calls.Count(call => call.What == "history"), 0, 1);
        await writing;
    });

    [Fact]
    public void A_poll_is_given_up_when_the_grain_gives_no_sign_of_life() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (_, _) => Never<WatchBatch>();
        bench.Cluster.Read = (_, _) => world.Now < 1000 ? Task.FromResult<RegisterEntry?>(null) : Never<RegisterEntry?>();
        bench.Cluster.History = _ => Task.FromResult(Entries(1, 1));

        Assert.Equal([1], await SeenAsync(bench.Client, through: 1));

        Assert.Equal(
            ["0 first watch 0", "150 second read Stale", "450 second read Stale", "750 second read Stale", "1050 second read Stale", "1200 first history"],
            bench.Sent());
    });

    [Fact]
    public void A_grain_that_has_nothing_new_and_gives_signs_of_life_is_waited_for() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = async (after, wait) =>
        {
            await world.Sleep(wait.TotalMilliseconds);
            return new WatchBatch(Entries(after + 1, after + 1), 0);
        };
        bench.Cluster.Read = async (_, _) =>
        {
            await world.Sleep(100);
            return null;
        };

        Assert.Equal([1, 2], await SeenAsync(bench.Client, through: 2));

        Assert.Equal(10_000, world.Now);
        Assert.DoesNotContain(bench.Cluster.Calls, call => call.What == "history");
    });

    [Fact]
    public void What_the_history_has_lost_is_said() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        var register = new WatchedRegister(world, bench.Cluster);
        await register.WriteAsync(count: 40, everyMilliseconds: 1);

        await foreach (var batch in bench.Client.WatchAsync(Bench.Register, after: 3))
        {
            Assert.Equal(24, batch.CompactedThrough);
            Assert.Equal([25, 40], [batch.Entries[0].Version, batch.Entries[^1].Version]);
            break;
        }
    });

    [Fact]
    public void What_was_seen_before_is_dropped_and_a_gap_is_filled_from_the_history() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => Task.FromResult(after switch
        {
            0 => new WatchBatch(Entries(1, 3), 0),
            3 => new WatchBatch(Entries(2, 5), 0),
            5 => new WatchBatch(Entries(8, 9), 0),
            _ => new WatchBatch(Entries(after + 1, after + 1), 0),
        });
        bench.Cluster.History = _ => Task.FromResult(Entries(4, 8));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], await SeenAsync(bench.Client, through: 10));
    });

    [Fact]
    public void Without_a_majority_it_waits_and_goes_on() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => world.Now < 60_000 ? throw NoMajority() : Task.FromResult(new WatchBatch(Entries(after + 1, after + 1), 0));
        bench.Cluster.History = _ => throw NoMajority();

        Assert.Equal([1, 2], await SeenAsync(bench.Client, through: 2));
        Assert.InRange(world.Now, 60_000, 62_000);
        Assert.InRange(bench.Cluster.Calls.Count, 25, 60);
    });

    [Fact]
    public void WithoutAMajority_AWatchSaysThatItCannotKnowAndThenThatItCan() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => world.Now switch
        {
            < 10_000 => throw NoMajority(),
            < 20_000 => Task.FromResult(new WatchBatch([], 0)),
            < 30_000 => throw NoMajority(),
            _ => Task.FromResult(new WatchBatch(Entries(after + 1, after + 1), 0)),
        };
        bench.Cluster.History = _ => throw NoMajority();

        var told = new List<WatchNotice>();
        await foreach (var batch in bench.Client.WatchAsync(Bench.Register))
        {
            told.Add(batch.Notice);
            if (!batch.Entries.IsEmpty)
                break;
        }

        Assert.Equal([WatchNotice.Unavailable, WatchNotice.Available, WatchNotice.Unavailable, WatchNotice.None], told);
    });

    [Theory, InlineData(false), InlineData(true)]
    public void AResetWatch_GoesOnFromWhereItBeganAnew(bool aroundTheGrain) => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => aroundTheGrain ? throw new InvalidOperationException("dead") : Task.FromResult(after switch
        {
            > 2 => new WatchBatch(Entries(1, 2), 0, WatchNotice.Reset),
            _ => new WatchBatch(Entries(after + 1, 3), 0),
        });
        bench.Cluster.Read = (_, _) => throw new InvalidOperationException("dead");
        bench.Cluster.History = _ => Task.FromResult(Entries(1, world.Now < 1000 ? 2 : 3));

        var seen = new List<(WatchNotice, long)>();
        await foreach (var batch in bench.Client.WatchAsync(Bench.Register, after: 40))
        {
            seen.AddRange(batch.Entries.Select(entry => (batch.Notice, entry.Version)));
            if (batch.Entries[^1].Version == 3)
                break;
        }

        Assert.Equal([(WatchNotice.Reset, 1), (WatchNotice.Reset, 2), (WatchNotice.None, 3)], seen);
    });

    [Fact]
    public void AWatch_AsksTheGrainWithTheRequestOfWhatItSawLast() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => Task.FromResult(new WatchBatch(Entries(after + 1, after + 2), 0));

        await SeenAsync(bench.Client, through: 6);

        Assert.Equal(["watch 0", $"watch {WatchPoint.Of(Entry(2))}", $"watch {WatchPoint.Of(Entry(4))}"], bench.Cluster.Calls.Select(call => call.What));
    });

    [Theory, InlineData(40), InlineData(2)]
    public void AWatchAroundTheGrainOfAClusterSetUpAnew_IsResetOnceAndGoesOn(long version) => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (_, _) => throw new InvalidOperationException("dead");
        bench.Cluster.Read = (_, _) => throw new InvalidOperationException("dead");
        bench.Cluster.History = _ => Task.FromResult(Entries(1, world.Now < 1000 ? 3 : 4));

        var seen = new List<(WatchNotice, long)>();
        await foreach (var batch in bench.Client.WatchAsync(Bench.Register, new WatchPoint(version, UniqueId.New())))
        {
            seen.AddRange(batch.Entries.Select(entry => (batch.Notice, entry.Version)));
            if (batch.Entries[^1].Version == 4)
                break;
        }

        Assert.Equal([(WatchNotice.Reset, 1), (WatchNotice.Reset, 2), (WatchNotice.Reset, 3), (WatchNotice.None, 4)], seen);
    });

    [Fact]
    public void A_grain_that_answers_nothing_at_once_is_not_asked_in_a_busy_loop() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (after, _) => Task.FromResult(new WatchBatch(world.Now < 10_000 ? [] : Entries(after + 1, after + 1), 0));

        await SeenAsync(bench.Client, through: 1);

        Assert.InRange(bench.Cluster.Calls.Count, 30, 50);
    });

    [Fact]
    public void It_ends_when_the_watcher_stops() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Watch = (_, _) => Never<WatchBatch>();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(1234), world.Time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in bench.Client.WatchAsync(Bench.Register, 0, stop.Token))
                Assert.Fail("nothing was written");
        });
        Assert.Equal(1234, world.Now);
    });

    private static async Task<List<long>> SeenAsync(IRegisterClient client, long through, long after = 0)
    {
        var seen = new List<long>();
        await foreach (var batch in client.WatchAsync(Bench.Register, after))
        {
            Assert.Equal(0, batch.CompactedThrough);
            if (batch.Notice != WatchNotice.None)
                continue;
            seen.AddRange(batch.Entries.Select(entry => entry.Version));
            if (seen[^1] >= through)
                return seen;
        }

        throw new InvalidOperationException("A watch does not end by itself.");
    }

    /// <summary>A register that is written while it is watched; its history has 16 versions.</summary>
    private sealed class WatchedRegister
    {
        private readonly ClientWorld _world;
        private TaskCompletionSource _written = new();
        private long _version;

        public WatchedRegister(ClientWorld world, FakeCluster cluster)
        {
            _world = world;
            cluster.History = _ => Task.FromResult(History());
            cluster.Watch = WatchAsync;
            cluster.Read = (_, _) => Task.FromResult<RegisterEntry?>(null);
        }

        public async Task WriteAsync(int count, double everyMilliseconds)
        {
            for (var write = 0; write < count; write++)
            {
                await _world.Sleep(everyMilliseconds);
                _version++;
                var written = _written;
                _written = new TaskCompletionSource();
                written.SetResult();
            }
        }

        private ImmutableArray<RegisterEntry> History() => Entries(Math.Max(1, _version - 15), _version);

        private async Task<WatchBatch> WatchAsync(long after, TimeSpan wait)
        {
            if (_version <= after)
                await Task.WhenAny(_written.Task, _world.Sleep(wait.TotalMilliseconds));
            var history = History();
            var first = history.IsEmpty ? 1 : history[0].Version;
            return new WatchBatch([.. history.Where(entry => entry.Version > after)], first - 1 > after ? first - 1 : 0);
        }
    }
}
