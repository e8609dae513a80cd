using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>
/// The holder's clock runs at one rate, and that of who waits at another. A holder that is cut off has lost its lock before the next one has it, if the rates
/// differ by no more than they may; and the same story shows two holders if they differ by more, so it can tell.
/// </summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 1.05, false)]
    [InlineData(0.96, 1, false)]
    [InlineData(0.98, 1.02, false)]
    [InlineData(1, 1.3, true)]
    [InlineData(0.75, 1, true)]
    public void Two_hold_a_lock_at_one_moment_only_if_rates_differ_by_more_than_they_may(double holders, double others, bool twoHold) => CoordinationWorld.Run(async world =>
    {
        world.KeeperIsTold = false; // who waits ends the session, by its own clock
        var holder = world.NewProcess(holders);
        var held = await holder.Coordination.Lock("l").AcquireAsync(new AcquireOptions { OwnSession = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(3) } });
        var next = world.NewProcess(others).Coordination.Lock("l").AcquireAsync();
        await world.Sleep(2);
        holder.Registers.IsCutOff = true;
        await next;
        Assert.Equal(twoHold, held.IsHeld);
    });

    [Fact]
    public void A_wall_clock_that_is_wrong_ends_nobodys_session() => CoordinationWorld.Run(async world =>
    {
        var slow = world.NewProcess(wallClockError: TimeSpan.FromHours(-5));
        var held = await slow.Coordination.Lock("l").AcquireAsync(new AcquireOptions { OwnSession = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(3) } });
        var fast = world.NewProcess(wallClockError: TimeSpan.FromHours(5));
        var waiting = fast.Coordination.Lock("l").AcquireAsync();
        await world.WakeKeeperAsync();
        await world.Sleep(20);
        Assert.True(held.IsHeld);
        Assert.False(waiting.IsCompleted);
        await held.ReleaseAsync();
        await waiting;
    });
}
