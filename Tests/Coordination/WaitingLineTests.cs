using Orleans.Paxos.Coordination;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class WaitingLineTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
    private static readonly Guid[] Tickets = [.. Enumerable.Range(1, 3).Select(static number => new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];

    [Fact]
    public void The_first_is_told_at_once_and_the_next_when_the_first_leaves() => ClientWorld.Run(async world =>
    {
        var line = new WaitingLine(world.Time);
        Assert.True(await line.EnterAsync(Tickets[0], Wait));
        var second = line.EnterAsync(Tickets[1], Wait);
        var third = line.EnterAsync(Tickets[2], Wait);
        await world.Sleep(500);
        Assert.False(second.IsCompleted);
        line.Leave(Tickets[0]);
        Assert.True(await second);
        Assert.Equal(500, world.Now);
        Assert.False(await third);
        Assert.Equal(1000, world.Now);
    });

    [Fact]
    public void Who_does_not_call_any_more_loses_the_place() => ClientWorld.Run(async world =>
    {
        var line = new WaitingLine(world.Time);
        Assert.True(await line.EnterAsync(Tickets[0], Wait));
        var calls = 0;
        while (!await line.EnterAsync(Tickets[1], Wait))
            calls++;
        Assert.Equal(1, calls);
        Assert.Equal(2000, world.Now);
        Assert.False(await line.EnterAsync(Tickets[0], TimeSpan.Zero));
    });

    [Fact]
    public void Who_calls_again_keeps_the_place() => ClientWorld.Run(async world =>
    {
        var line = new WaitingLine(world.Time);
        Assert.True(await line.EnterAsync(Tickets[0], Wait));
        Assert.False(await line.EnterAsync(Tickets[1], TimeSpan.Zero));
        Assert.False(await line.EnterAsync(Tickets[2], TimeSpan.Zero));
        for (var call = 0; call < 10; call++)
        {
            await world.Sleep(1000);
            Assert.True(await line.EnterAsync(Tickets[0], Wait));
            Assert.False(await line.EnterAsync(Tickets[1], TimeSpan.Zero));
        }

        line.Leave(Tickets[0]);
        Assert.True(await line.EnterAsync(Tickets[1], TimeSpan.Zero));
        line.Leave(Tickets[1]);
        Assert.True(await line.EnterAsync(Tickets[0], TimeSpan.Zero)); // the third has not called for ten seconds
    });

    [Fact]
    public void Who_leaves_while_a_call_waits_does_not_make_it_spin() => ClientWorld.Run(async world =>
    {
        var line = new WaitingLine(world.Time);
        Assert.True(await line.EnterAsync(Tickets[0], Wait));
        var second = line.EnterAsync(Tickets[1], Wait);
        line.Leave(Tickets[1]);
        line.Leave(Tickets[0]);
        Assert.False(await second);
        Assert.Equal(0, line.Length);
    });
}
