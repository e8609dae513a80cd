using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>What semaphores, reader-writer locks, barriers, elections and registers of a session add to locks.</summary>
public sealed class KindTests
{
    [Fact]
    public void A_semaphore_is_held_by_as_many_as_its_limit() => CoordinationWorld.Run(async world =>
    {
        var holdings = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.NewProcess().Coordination.Semaphore("s", 3).AcquireAsync()));
        Assert.Equal(3, holdings.Select(static holding => holding.Token).Distinct().Count());
        var other = await Assert.ThrowsAsync<LockKindException>(() => world.NewProcess().Coordination.Semaphore("s", 4).AcquireAsync());
        Assert.Contains("semaphore of 3", other.Message);
        var fourth = world.NewProcess().Coordination.Semaphore("s", 3).AcquireAsync();
        await world.Sleep(5);
        Assert.False(fourth.IsCompleted);
        await holdings[1].ReleaseAsync();
        Assert.True((await fourth).Token > holdings.Max(static holding => holding.Token));
    });

    [Fact]
    public void Readers_share_a_lock_and_writers_do_not() => CoordinationWorld.Run(async world =>
    {
        var one = await world.NewProcess().Coordination.ReaderWriterLock("rw").AcquireReadAsync();
        var two = await world.NewProcess().Coordination.ReaderWriterLock("rw").AcquireReadAsync();
        var writer = world.NewProcess().Coordination.ReaderWriterLock("rw").AcquireWriteAsync();
        await world.Sleep(1);
        var lateReader = world.NewProcess().Coordination.ReaderWriterLock("rw").AcquireReadAsync();
        await world.Sleep(2);
        Assert.False(writer.IsCompleted || lateReader.IsCompleted);
        await one.ReleaseAsync();
        await two.ReleaseAsync();
        var written = await writer;
        await world.Sleep(2);
        Assert.False(lateReader.IsCompleted);
        await written.ReleaseAsync();
        Assert.True((await lateReader).Token > written.Token);
    });

    [Fact]
    public void A_session_that_reads_cannot_write_before_it_has_released() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var options = new AcquireOptions { Session = await process.Coordination.OpenSessionAsync() };
        await process.Coordination.ReaderWriterLock("rw").AcquireReadAsync(options);
        var refused = await Assert.ThrowsAsync<LockKindException>(() => process.Coordination.ReaderWriterLock("rw").AcquireWriteAsync(options));
        Assert.Contains("for reading", refused.Message);
    });

    [Fact]
    public void A_barrier_opens_when_all_are_there_and_can_be_used_again() => CoordinationWorld.Run(async world =>
    {
        for (var round = 0; round < 2; round++)
        {
            var first = Enumerable.Range(0, 2).Select(_ => world.NewProcess().Coordination.Barrier("b", 3).EnterAsync()).ToList();
            await world.Sleep(3);
            Assert.All(first, task => Assert.False(task.IsCompleted));
            var all = await Task.WhenAll([.. first, world.NewProcess().Coordination.Barrier("b", 3).EnterAsync()]);
            foreach (var holding in all)
                await holding.ReleaseAsync();
        }
    });

    [Fact]
    public void A_participant_whose_session_has_ended_does_not_open_a_barrier() => CoordinationWorld.Run(async world =>
    {
        var gone = world.NewProcess();
        _ = gone.Coordination.Barrier("b", 2).EnterAsync(new AcquireOptions { OwnSession = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(1) } }).ContinueWith(static _ => { }, TaskScheduler.Current);
        world.KeeperIsTold = false; // so it ends the session, and does not know of the barrier
        await world.Sleep(0.5);
        gone.Registers.IsCutOff = true;
        await world.WakeKeeperAsync();
        await world.Sleep(3);
        Assert.Equal([ReservedNames.OfLock("b")], world.Registers.Names);
        var late = await Assert.ThrowsAsync<TimeoutException>(
            () => world.NewProcess().Coordination.Barrier("b", 2).EnterAsync(new AcquireOptions { Timeout = TimeSpan.FromSeconds(5) }));
        Assert.Contains("2 participants", late.Message);
    });

    [Fact]
    public void Who_observes_an_election_is_told_of_each_leader_and_of_what_it_proclaims() => CoordinationWorld.Run(async world =>
    {
        var told = new List<string>();
        using var over = new CancellationTokenSource();
        var observing = Task.Factory.StartNew(
            async () =>
            {
                await foreach (var leader in world.NewProcess().Coordination.Election<string>("e").ObserveAsync(over.Token))
                    told.Add(leader?.Value ?? "nobody");
            },
            over.Token,
            TaskCreationOptions.None,
            TaskScheduler.Current).Unwrap();
        await world.Sleep(0.5);
        var one = await world.NewProcess().Coordination.Election<string>("e").CampaignAsync("one");
        await world.Sleep(0.5);
        await one.ProclaimAsync("one, ready");
        await world.Sleep(0.5);
        await one.ReleaseAsync();
        await Assert.ThrowsAsync<SessionLostException>(() => one.ProclaimAsync("late"));
        await world.Sleep(0.5);
        var two = await world.NewProcess().Coordination.Election<string>("e").CampaignAsync("two");
        Assert.True(two.Token > one.Token);
        await world.Sleep(0.5);
        over.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => observing);
        Assert.Equal(["nobody", "one", "one, ready", "nobody", "two"], told);
    });

    [Fact]
    public void A_leader_that_is_gone_is_gone_for_who_observes_even_if_nobody_follows() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        await process.Coordination.Election<string>("e").CampaignAsync("one", new AcquireOptions { OwnSession = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(2) } });
        process.Registers.IsCutOff = true;
        await world.Sleep(3);
        Assert.Null(await world.NewProcess().Coordination.Election<string>("e").ReadAsync());
    });

    [Fact]
    public void A_register_of_a_session_goes_with_it_and_one_that_others_have_written_stays() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(2) });
        foreach (var name in (string[])["a", "b"])
            Assert.True((await session.SetAsync(name, "mine")).Applied);
        Assert.True((await session.SetAsync("a", "mine again")).Applied);
        await world.NewProcess().Registers.ChangeAsync("b", Change.Set("other"u8.ToArray()));
        process.Registers.IsCutOff = true;
        await world.Sleep(3);
        Assert.Equal(["b"], world.Registers.Names);
    });

    [Fact]
    public void A_register_that_is_removed_belongs_to_the_session_no_more() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        await using var session = await process.Coordination.OpenSessionAsync();
        for (var round = 0; round < 2; round++)
        {
            await session.SetAsync("a", "mine");
            await session.RemoveAsync("a");
            await session.RemoveAsync("never written");
            Assert.Equal([ReservedNames.OfSession(session.Id)], world.Registers.Names);
            Assert.Empty((await process.Coordination.ListSessionsAsync().SingleAsync()).Registers);
        }
    });

    [Fact]
    public void A_write_of_a_session_that_comes_after_its_end_is_too_late() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(2) });
        var attaching = session.SetAsync("a", "late");
        await world.Sleep(0.003); // the session's register names it, and its own write is held up
        var arrives = new TaskCompletionSource();
        process.Registers.Holding = arrives.Task;
        await world.Sleep(5);
        Assert.Empty(world.Registers.Names);
        process.Registers.Holding = null;
        arrives.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => attaching);
        await world.Sleep(1);
        Assert.Empty(world.Registers.Names);
    });
}
