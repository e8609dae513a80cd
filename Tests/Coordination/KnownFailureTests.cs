using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>Failures that other systems had, each told by the number of its issue.</summary>
public sealed class KnownFailureTests
{
    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(3) };

    /// <summary>etcd-io/etcd #11456: a lock was granted to a waiter whose lease had ended while it waited.</summary>
    [Fact]
    public void Etcd11456_a_waiter_whose_session_ends_while_it_waits_never_gets_the_lock() => CoordinationWorld.Run(async world =>
    {
        var held = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        var waiting = process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        await world.Sleep(1);
        Assert.True(await world.NewProcess().Coordination.EndSessionAsync(session.Id));
        await Assert.ThrowsAsync<SessionLostException>(() => waiting);
        await held.ReleaseAsync();
        await world.Sleep(10);
        Assert.Empty(world.Registers.Names);
    });

    /// <summary>etcd-io/etcd #15247: a leader whose disk had stalled believed that its own timers were right, and ended everybody's leases.</summary>
    [Fact]
    public void Etcd15247_a_keeper_that_stood_still_ends_nobodys_session() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => process.Coordination.OpenSessionAsync(Short)));
        await world.Sleep(1);
        world.KeeperIsTold = false;
        world.KeepersRegisters.IsCutOff = true;
        await world.Sleep(60);
        world.KeepersRegisters.IsCutOff = false;
        await world.Sleep(60);
        Assert.All(sessions, session => Assert.False(session.Lost.IsCancellationRequested));
        Assert.Equal(50, world.Registers.Names.Count());
    });

    /// <summary>etcd-io/etcd #14758: a renewal succeeded for a lease that was being revoked, and its keys went all the same.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void Etcd14758_either_the_renewal_or_the_end_happens(bool isEndedFirst) => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await session.SetAsync("r", "value");
        var other = new SessionRegisters(new ProcessRegisters(world.Registers, TimeProvider.System) { Delay = TimeSpan.Zero });
        var seen = world.Registers.StateOf(ReservedNames.OfSession(session.Id)).Newest!;
        await world.Sleep(0.5);
        if (!isEndedFirst)
            await world.Sleep(1);
        var newest = await other.EndAsync(session.Id, seen, CancellationToken.None);
        await world.Sleep(1.5);
        Assert.Equal(isEndedFirst, SessionValue.HasEnded(newest));
        Assert.Equal(isEndedFirst, session.Lost.IsCancellationRequested);
        await world.Sleep(10);
        Assert.Equal(!isEndedFirst, world.Registers.StateOf("r").Exists);
    });

    /// <summary>apache/curator #1121: after a client had lost its session, it took the lock of its own previous session for one that it held.</summary>
    [Fact]
    public void Curator1121_a_lock_of_ones_dead_session_is_acquired_anew_with_a_higher_token() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var before = await process.Coordination.OpenSessionAsync(Short);
        var held = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = before });
        process.Registers.IsCutOff = true;
        await world.Sleep(2.9);
        Assert.True(before.Lost.IsCancellationRequested);
        process.Registers.IsCutOff = false;
        var now = await process.Coordination.OpenSessionAsync(Short);
        var again = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = now });
        Assert.False(held.IsHeld);
        Assert.True(again.Token > held.Token);
        Assert.Equal(now.Id, (await process.Coordination.Lock("l").ReadAsync())!.Session);
    });

    /// <summary>apache/curator #1112: permits of a semaphore were lost with clients that were interrupted while they acquired them.</summary>
    [Fact]
    public void Curator1112_no_permit_is_lost_with_those_who_give_up_or_die() => CoordinationWorld.Run(async world =>
    {
        for (var round = 0; round < 20; round++)
        {
            var process = world.NewProcess();
            using var over = new CancellationTokenSource();
            var acquiring = process.Coordination.Semaphore("s", 3).AcquireAsync(new AcquireOptions { OwnSession = Short }, over.Token);
            await world.Sleep(0.0005 * round);
            if (round % 2 == 0)
                process.Registers.IsCutOff = true;
            over.Cancel();
            if (!await EndsAsync(acquiring) && round % 2 == 1)
                await (await acquiring).ReleaseAsync();
        }

        await world.Sleep(10);
        var permits = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.NewProcess().Coordination.Semaphore("s", 3).TryAcquireAsync(new AcquireOptions { Timeout = TimeSpan.FromSeconds(1) })));
        Assert.All(permits, Assert.NotNull);
        Assert.Null(await world.NewProcess().Coordination.Semaphore("s", 3).TryAcquireAsync());
    });

    /// <summary>apache/curator #1193: a release that failed left the lock held by a client that believed it had released it.</summary>
    [Fact]
    public void Curator1193_a_release_that_fails_is_made_good_while_the_session_lives() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(60) });
        var held = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        process.Registers.IsCutOff = true;
        await held.DisposeAsync();
        process.Registers.IsCutOff = false;
        await using var next = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        Assert.False(session.Lost.IsCancellationRequested);
        Assert.InRange(world.Now.TotalSeconds, 3, 25);
    });

    /// <summary>kubernetes/kubernetes #23731: a leader that could not reach the store never learned that it had lost.</summary>
    [Fact]
    public void Kubernetes23731_a_leader_that_hears_nothing_knows_that_it_has_lost_before_another_leads() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var leader = await process.Coordination.Election<string>("e").CampaignAsync("one", new AcquireOptions { OwnSession = Short });
        var next = world.NewProcess().Coordination.Election<string>("e").CampaignAsync("two");
        await world.Sleep(1.5);
        process.Registers.IsCutOff = true;
        var lostAt = TimeSpan.Zero;
        leader.Lost.Register(() => lostAt = world.Now);
        await next;
        Assert.InRange(lostAt, TimeSpan.FromSeconds(1.5), world.Now - TimeSpan.FromMilliseconds(50));
    });

    private static async Task<bool> EndsAsync(Task task)
    {
        try
        {
            await task;
            return false;
        }
        catch (Exception exception) when (exception is OperationCanceledException or QuorumUnavailableException or SessionLostException or OutcomeUnknownException)
        {
            return true;
        }
    }
}
