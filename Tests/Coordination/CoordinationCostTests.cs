using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>What docs/coordination.md says of costs, counted.</summary>
public sealed class CoordinationCostTests
{
    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(3) };

    [Fact]
    public void A_session_is_opened_renewed_and_closed_by_one_write_each() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        Assert.Equal(1, world.Registers.Writes);
        await world.Sleep(10.5);
        Assert.Equal(11, world.Registers.Writes);
        Assert.All(process.Registers.Sent.Skip(1), static sent => Assert.StartsWith("CompareAndSet", sent));
        await session.CloseAsync();
        Assert.Equal(12, world.Registers.Writes);
    });

    [Fact]
    public void A_lock_is_acquired_and_released_by_one_write_each() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var options = new AcquireOptions { Session = await process.Coordination.OpenSessionAsync() };
        process.Registers.Sent.Clear();
        for (var round = 0; round < 2; round++)
        {
            var held = await process.Coordination.Lock("l").AcquireAsync(options);
            Assert.Equal(["Decide !locks/l"], process.Registers.Sent);
            await held.ReleaseAsync();
            Assert.Equal(["Decide !locks/l", "Delete !locks/l"], process.Registers.Sent);
            process.Registers.Sent.Clear();
        }

        Assert.Equal(5, world.Registers.Writes);
    });

    [Fact]
    public void A_session_that_runs_out_takes_one_write_and_one_for_each_lock() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await process.Coordination.Lock("a").AcquireAsync(new AcquireOptions { Session = session });
        await process.Coordination.Lock("b").AcquireAsync(new AcquireOptions { Session = session });
        process.Registers.IsCutOff = true;
        var before = world.Registers.Writes;
        await world.Sleep(4);
        Assert.Empty(world.Registers.Names);
        Assert.Equal(before + 3, world.Registers.Writes);
    });

    [Fact]
    public void Those_who_wait_in_line_send_nothing_to_registers() => CoordinationWorld.Run(async world =>
    {
        await using var held = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        var waiting = Enumerable.Range(0, 20).Select(_ => world.NewProcess()).ToList();
        var session = new SessionOptions { TimeToLive = TimeSpan.FromHours(1) };
        foreach (var process in waiting)
            _ = process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { OwnSession = session });
        await world.Sleep(60);
        Assert.Equal(19, waiting.Count(static process => process.Registers.Sent.Count == 1)); // the session; the first in line looks after the lock
    });
}
