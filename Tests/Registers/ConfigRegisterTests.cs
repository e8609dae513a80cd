using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

public sealed class ConfigRegisterTests
{
    [Fact]
    public async Task Two_hundred_compare_and_sets_on_one_version_have_one_winner()
    {
        var register = new RegisterActor(new PaxosWorld(), "r");
        await register.ChangeAsync(Requests.Set("start"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => register.ChangeAsync(Requests.CompareAndSet($"{number}", 1, floor: 1))));
        var winner = Assert.Single(outcomes, outcome => outcome.Status == ChangeStatus.Applied);
        Assert.Equal(199, outcomes.Count(outcome => outcome.Status == ChangeStatus.VersionMismatch && outcome.Entry!.Version == 2));
        Assert.Equal(winner.Entry!.RequestId, (await register.ReadAsync(ReadConsistency.Linearizable))!.RequestId);
    }

    [Fact]
    public async Task Two_hundred_decides_have_one_winner_and_all_others_get_its_value()
    {
        var register = new RegisterActor(new PaxosWorld(), "r");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => register.ChangeAsync(Requests.Decide($"{number}"))));
        var winner = Assert.Single(outcomes, outcome => outcome.Status == ChangeStatus.Applied);
        Assert.All(outcomes, outcome => Assert.Equal(winner.Entry!.RequestId, outcome.Entry!.RequestId));
    }

    [Fact]
    public async Task Changes_that_wait_together_are_one_proposal()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var register = new RegisterActor(world, "r");
        await register.ChangeAsync(Requests.Set("first"));
        await world.QuietAsync();
        var writes = world.Writes;
        var disks = new TaskCompletionSource();
        foreach (var node in world.Nodes.Values)
            node.Storage.BeforeWrite = _ => disks.Task;
        var changes = Task.WhenAll(Enumerable.Range(0, 256).Select(number => register.ChangeAsync(Requests.Set($"{number}", floor: 1))));
        await register.ReadAsync(ReadConsistency.Stale); // takes its turn after all changes have
        disks.SetResult();
        await changes;
        await world.QuietAsync();
        Assert.Equal(257, (await register.ReadAsync(ReadConsistency.Linearizable))!.Version);
        Assert.Equal(2 * 3, world.Writes - writes); // the first change by itself, and all that came to wait meanwhile
    }

    [Fact]
    public async Task Hundreds_of_writers_with_old_floors_all_get_through_a_hot_register()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async writer =>
        {
            var floor = 0L;
            for (var count = 0; count < 10; count++)
            {
                var outcome = await register.ChangeAsync(Requests.Set($"{writer}.{count}", floor));
                Assert.Equal(ChangeStatus.Applied, outcome.Status);
                floor = outcome.Version;
            }
        }));
        Assert.Equal(3000, (await register.ReadAsync(ReadConsistency.Linearizable))!.Version);
    }

    [Fact]
    public async Task Reads_that_wait_together_share_a_quorum_read_that_starts_after_the_last_of_them()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        await register.ChangeAsync(Requests.Set("1"));
        await world.QuietAsync();
        var requests = world.Requests;
        var gate = new TaskCompletionSource();
        foreach (var node in world.Nodes.Values)
            node.OnReply = _ => gate.Task;
        var reads = Enumerable.Range(0, 100).Select(_ => register.ReadAsync(ReadConsistency.Linearizable)).ToList();
        gate.SetResult(); // the first read is not answered before all have come
        await Task.WhenAll(reads);
        await world.QuietAsync();
        Assert.Equal(6, world.Requests - requests);
    }

    [Fact]
    public async Task I7_a_shared_read_never_returns_less_than_was_acknowledged_before_it_began()
    {
        var world = new PaxosWorld();
        RegisterActor[] registers = [new(world, "r"), new(world, "r")];
        var acknowledged = 0L;
        var stop = false;
        var readers = Enumerable.Range(0, 4).Select(async reader =>
        {
            while (!Volatile.Read(ref stop))
            {
                var least = Interlocked.Read(ref acknowledged);
                var entry = await registers[reader % 2].ReadAsync(ReadConsistency.Linearizable);
                Assert.True((entry?.Version ?? 0) >= least, $"read {entry?.Version} after {least} was acknowledged");
            }
        }).ToList();
        for (var count = 0; count < 60; count++)
        {
            var outcome = await registers[count % 2].ChangeAsync(Requests.Set($"{count}", acknowledged));
            Interlocked.Exchange(ref acknowledged, outcome.Version);
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task The_same_request_sent_twice_applies_once_also_through_another_register_grain()
    {
        var world = new PaxosWorld();
        RegisterActor first = new(world, "r"), second = new(world, "r");
        var request = Requests.Set("1");
        var outcomes = await Task.WhenAll(first.ChangeAsync(request), second.ChangeAsync(request), first.ChangeAsync(request));
        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Applied, 1L), (outcome.Status, outcome.Entry!.Version)));
        Assert.Equal(1, (await first.ReadAsync(ReadConsistency.Linearizable))!.Version);
    }

    [Fact]
    public async Task Two_register_grains_for_one_name_keep_one_chain()
    {
        var world = new PaxosWorld();
        RegisterActor[] registers = [new(world, "r"), new(world, "r")];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
        {
            var request = Requests.Set($"{number}");
            var outcome = await registers[number % 2].ChangeAsync(request);
            while (outcome.Status == ChangeStatus.BeyondWindow)
                outcome = await registers[number % 2].ChangeAsync(request with { Floor = outcome.Version });
            return outcome;
        }));
        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Applied, outcome.Status));
        Assert.Equal(Enumerable.Range(1, 60), outcomes.Select(outcome => (int)outcome.Entry!.Version).Order());
        var history = await registers[0].HistoryAsync();
        Assert.Equal(Enumerable.Range(45, 16), history.Select(entry => (int)entry.Version));
        foreach (var entry in history)
            Assert.Equal(entry.RequestId, outcomes.Single(outcome => outcome.Entry!.Version == entry.Version).Entry!.RequestId);
    }

    [Fact]
    public async Task A_watcher_gets_every_version_once_and_in_order()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        var seen = new List<long>();
        var watching = register.WatchAsync(0, TimeSpan.FromSeconds(5));
        var watcher = Task.Run(async () =>
        {
            while (seen.Count < 100)
            {
                var batch = await watching;
                Assert.Equal(0, batch.CompactedThrough);
                seen.AddRange(batch.Entries.Select(entry => entry.Version));
                watching = register.WatchAsync(seen.LastOrDefault(), TimeSpan.FromSeconds(5));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => register.ChangeAsync(Requests.Set($"{number}"))));
        await watcher;
        Assert.Equal(Enumerable.Range(1, 100), seen.Select(version => (int)version));
    }

    [Fact]
    public async Task A_watcher_sees_what_was_chosen_through_another_register_grain()
    {
        var world = new PaxosWorld(3, options => options.WatchRefresh = TimeSpan.FromMilliseconds(20));
        RegisterActor watched = new(world, "r"), other = new(world, "r");
        await watched.ChangeAsync(Requests.Set("1"));
        var batch = watched.WatchAsync(1, TimeSpan.FromSeconds(10));
        await other.ChangeAsync(Requests.Set("2"));
        Assert.Equal("2", Assert.Single((await batch).Entries).Text());
    }

    [Fact]
    public async Task A_watcher_that_is_far_behind_is_given_large_values_a_few_at_a_time()
    {
        const int ValueBytes = 100_000;
        var register = new RegisterActor(new PaxosWorld(), "r");
        for (var version = 1; version <= 5; version++)
            await register.ChangeAsync(Requests.Set(new string('x', ValueBytes)));
        var seen = new List<long>();
        while (seen.LastOrDefault() < 5)
        {
            var batch = await register.WatchAsync(seen.LastOrDefault(), TimeSpan.Zero);
            Assert.InRange(batch.Entries.Length, 1, 2);
            seen.AddRange(batch.Entries.Select(entry => entry.Version));
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public async Task A_watcher_that_comes_too_late_is_told_what_it_missed()
    {
        var world = new PaxosWorld();
        var writer = new RegisterActor(world, "r");
        for (var count = 1; count <= 40; count++)
            await writer.ChangeAsync(Requests.Set($"{count}", count - 1));
        var batch = await new RegisterActor(world, "r").WatchAsync(3, TimeSpan.Zero);
        Assert.Equal(24, batch.CompactedThrough);
        Assert.Equal(Enumerable.Range(25, 16), batch.Entries.Select(entry => (int)entry.Version));
    }

    [Fact]
    public async Task A_watch_with_nothing_new_ends_empty()
    {
        var register = new RegisterActor(new PaxosWorld(), "r");
        await register.ChangeAsync(Requests.Set("1"));
        Assert.Empty((await register.WatchAsync(1, TimeSpan.FromMilliseconds(30))).Entries);
    }

    [Fact]
    public async Task WatchAheadOfTheRegister_IsResetAndGetsWhatThereIs()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        Assert.Equal((WatchNotice.Reset, 0), Summary(await register.WatchAsync(40, TimeSpan.FromSeconds(30))));

        await register.ChangeAsync(Requests.Set("1"));
        await register.ChangeAsync(Requests.Set("2", floor: 1));
        Assert.Equal((WatchNotice.Reset, 2), Summary(await register.WatchAsync(40, TimeSpan.FromSeconds(30))));
        Assert.Equal((WatchNotice.Reset, 2), Summary(await new RegisterActor(world, "r").WatchAsync(3, TimeSpan.FromSeconds(30))));

        static (WatchNotice, int) Summary(WatchBatch batch) => (batch.Notice, batch.Entries.Length);
    }

    [Fact]
    public async Task WatchOfAClusterSetUpAnewThatIsAheadAgain_IsReset()
    {
        var (older, anew) = (new RegisterActor(new PaxosWorld(), "r"), new RegisterActor(new PaxosWorld(), "r"));
        var seen = (await older.ChangeAsync(Requests.Set("old"))).Entry!;
        foreach (var register in new[] { older, anew })
        {
            for (var version = 1; version <= 3; version++)
                await register.ChangeAsync(Requests.Set($"{version}", floor: version - 1));
        }

        Assert.Equal((WatchNotice.None, "1 2 3"), Summary(await older.WatchAsync(WatchPoint.Of(seen), TimeSpan.Zero)));
        Assert.Equal((WatchNotice.Reset, "1 2 3"), Summary(await anew.WatchAsync(WatchPoint.Of(seen), TimeSpan.Zero)));
        Assert.Equal((WatchNotice.None, "2 3"), Summary(await anew.WatchAsync(1, TimeSpan.Zero)));

        static (WatchNotice, string) Summary(WatchBatch batch) => (batch.Notice, string.Join(' ', batch.Entries.Select(entry => entry.Text())));
    }

    [Fact]
    public async Task WatchAfterAVersionThatTheWindowNoLongerReaches_IsResetWhileTheVersionIsRemembered()
    {
        var register = new RegisterActor(new PaxosWorld(), "r");
        await register.ChangeAsync(Requests.Set("1"));
        var first = Assert.Single((await register.WatchAsync(0, TimeSpan.Zero)).Entries);
        for (var version = 2; version <= 100; version++)
            await register.ChangeAsync(Requests.Set($"{version}", floor: version - 1));

        Assert.Equal((WatchNotice.None, 2), Summary(await register.WatchAsync(WatchPoint.Of(first), TimeSpan.Zero)));
        Assert.Equal((WatchNotice.Reset, 1), Summary(await register.WatchAsync(new WatchPoint(1, UniqueId.New()), TimeSpan.Zero)));

        static (WatchNotice, long) Summary(WatchBatch batch) => (batch.Notice, batch.Entries[0].Version);
    }

    [Fact]
    public async Task WatchAfterAVersionThatIsNoLongerRemembered_IsComparedByItsNumber()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        for (var version = 1; version <= 100; version++)
            await register.ChangeAsync(Requests.Set($"{version}", floor: version - 1));

        var batch = await new RegisterActor(world, "r").WatchAsync(new WatchPoint(1, UniqueId.New()), TimeSpan.Zero);
        Assert.Equal((WatchNotice.None, 84L, 85L), (batch.Notice, batch.CompactedThrough, batch.Entries[0].Version));
    }

    [Fact]
    public async Task WatchAheadOfALearnerThatMissedVersions_IsNotReset()
    {
        var world = new PaxosWorld();
        var learner = new RegisterActor(world, "r");
        await learner.ChangeAsync(Requests.Set("1"));
        await new RegisterActor(world, "r").ChangeAsync(Requests.Set("2", floor: 1));

        var batch = await learner.WatchAsync(2, TimeSpan.FromMilliseconds(30));
        Assert.Equal((WatchNotice.None, true), (batch.Notice, batch.Entries.IsEmpty));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_watch_ends_empty_when_its_silo_stops_without_any_time_passing(bool whileItReads)
    {
        var clock = new FakeTimeProvider();
        var world = new PaxosWorld(clock: clock);
        var register = new RegisterActor(world, "r");
        await register.ChangeAsync(Requests.Set("1"));
        await world.QuietAsync();
        using var stopping = new CancellationTokenSource();
        var watch = register.WatchAsync(1, TimeSpan.FromSeconds(10), stopping.Token);
        await register.ReadAsync(ReadConsistency.Stale); // its turn comes when the watch waits
        if (whileItReads)
        {
            world.Node(1).Down = world.Node(2).Down = true;
            var requests = world.Requests;
            while (world.Requests == requests)
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Yield();
            }
        }

        Assert.False(watch.IsCompleted);
        await stopping.CancelAsync();
        Assert.Empty((await watch.WaitAsync(TimeSpan.FromSeconds(60))).Entries);
    }

    [Fact]
    public async Task Without_a_majority_a_change_is_unavailable_and_service_resumes_by_itself()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        await world.JoinAsync();
        world.GiveUpAfterOneAttempt();
        world.Node(1).Down = world.Node(2).Down = true;
        var failure = await Assert.ThrowsAsync<QuorumUnavailableException>(() => register.ChangeAsync(Requests.Set("1")));
        Assert.Equal(["a3"], failure.Answered);
        Assert.Equal(2, failure.Needed);
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => register.ReadAsync(ReadConsistency.Linearizable));

        world.Node(1).Down = false;
        world.Deliver();
        Assert.Equal(1, (await register.ChangeAsync(Requests.Set("2"))).Version);
        Assert.Equal("2", (await register.ReadAsync(ReadConsistency.Linearizable)).Text());
    }

    [Fact]
    public async Task A_stale_read_costs_no_message_once_the_learner_has_a_copy()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        await register.ChangeAsync(Requests.Set("1"));
        await world.QuietAsync();
        var requests = world.Requests;
        Assert.Equal("1", (await register.ReadAsync(ReadConsistency.Stale)).Text());
        Assert.Equal(requests, world.Requests);
    }

    [Fact]
    public async Task ReservedName_IsTakenByTheGrain()
    {
        var register = new RegisterActor(new PaxosWorld(), ReservedNames.OfLock("jobs/nightly"));
        await register.ChangeAsync(Requests.Set("1"));
        Assert.Equal("1", (await register.ReadAsync(ReadConsistency.Linearizable)).Text());
        Assert.Equal(1, await register.FloorAsync());
        Assert.Single(await register.HistoryAsync());
    }

    [Theory]
    [InlineData(""), InlineData("/a"), InlineData("a//b"), InlineData("a\\b"), InlineData("a#"), InlineData("a\u0001")]
    public async Task A_bad_name_is_refused_before_anything_is_written(string name)
    {
        var world = new PaxosWorld();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => new RegisterActor(world, name).ChangeAsync(Requests.Set("1")));
        Assert.Equal(0, world.Requests);
    }

    public static TheoryData<Change> BadChanges =>
    [
        new Change(ChangeKind.Set, null!, null),
        new Change(ChangeKind.CompareAndSet, [], null),
        new Change(ChangeKind.CompareAndSet, [], -1),
        new Change(ChangeKind.Delete, [1], null),
        new Change((ChangeKind)9, [], null),
    ];

    [Theory, MemberData(nameof(BadChanges), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_change_is_refused_before_anything_is_written(Change change)
    {
        var world = new PaxosWorld();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => new RegisterActor(world, "r").ChangeAsync(Requests.New(change)));
        Assert.Equal(0, world.Requests);
    }

    [Fact]
    public async Task A_value_at_the_limit_is_written_and_one_byte_more_is_refused()
    {
        var world = new PaxosWorld();
        var register = new RegisterActor(world, "r");
        await register.ChangeAsync(Requests.New(Change.Set(new byte[world.Options.MaxValueBytes])));
        var refusal = await Assert.ThrowsAsync<RegisterValueTooLargeException>(
            () => register.ChangeAsync(Requests.New(Change.Set(new byte[world.Options.MaxValueBytes + 1]))));
        Assert.Equal((262_145L, 262_144L), (refusal.SizeBytes, refusal.LimitBytes));
        Assert.Equal(1, (await register.ReadAsync(ReadConsistency.Linearizable))!.Version);
    }
}
