using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Tests.Coordination.World;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>Sessions that came and went leave nothing, however many there were.</summary>
public sealed class ManySessionsTests
{
    private const int Waves = 10;
    private const int SessionsInAWave = 60;
    private const int OnAcceptors = 200;
    private const int MostSteps = 100;

    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(3) };
    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    /// <summary>No machine is so busy that a proposal takes as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Each has a register and holds a lock, some with another who waits; a third is closed, a third gives the lock back first, and a third dies.</summary>
    [Fact]
    public void Neither_keeper_nor_lines_nor_owners_nor_registers_remember_sessions_that_are_gone() => CoordinationWorld.Run(async world =>
    {
        var opened = 0;
        for (var wave = 0; wave < Waves; wave++)
        {
            CoordinationWorld.Process[] processes = [world.NewProcess(), world.NewProcess(), world.NewProcess()];
            var waiting = world.NewProcess();
            var sessions = new List<(ISession Session, IHolding Held)>();
            var followers = new List<Task>();
            for (var number = 0; number < SessionsInAWave; number++, opened++)
            {
                var coordination = processes[number % 3].Coordination;
                var session = await coordination.OpenSessionAsync(Short);
                Assert.True((await session.SetAsync($"instances/{opened}", number)).Applied);
                sessions.Add((session, await coordination.Lock($"l{opened}").AcquireAsync(new AcquireOptions { Session = session })));
                if (number < 3)
                    followers.Add(FollowAsync(waiting.Coordination.Lock($"l{opened}")));
            }

            Assert.True(world.Keeper.Count >= SessionsInAWave);
            await world.Sleep(2);
            Assert.All(sessions, static each => Assert.True(each.Held.IsHeld));
            processes[2].Registers.IsCutOff = true;
            for (var number = 0; number < SessionsInAWave; number++)
            {
                if (number % 3 == 1)
                    await sessions[number].Held.ReleaseAsync();
                if (number % 3 < 2)
                    await sessions[number].Session.CloseAsync();
            }

            await Task.WhenAll(followers);
        }

        await world.Sleep(10);
        Assert.Equal(Waves * SessionsInAWave, opened);
        Assert.Empty(world.Registers.Names);
        Assert.Equal((0, 0), (world.Keeper.Count, world.InLine));
        Assert.True(world.IsQuiet);

        static async Task FollowAsync(ILock next) => await (await next.AcquireAsync(new AcquireOptions { OwnSession = Short })).DisposeAsync();
    });

    [Fact]
    public void A_session_that_is_closed_is_looked_at_by_nobody_any_more() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await session.CloseAsync();
        Assert.Equal(0, world.Keeper.Count);
        await world.Sleep(10);
        Assert.Equal(["Decide", "Delete"], process.Registers.Sent.Select(static sent => sent.Split(' ')[0]));
        Assert.Empty(world.KeepersRegisters.Sent);
    });

    [Fact]
    public async Task Acceptors_keep_neither_records_nor_names_of_sessions_longer_than_those_of_other_registers()
    {
        var clock = new ShiftedClock();
        var world = new PaxosWorld(3, static options => (options.ForgetAfter, options.ProposalTimeout, options.AcceptorTimeout) = (Retention, Patience, Patience), clock, inOneCommit: true);
        await world.JoinAsync();
        var registers = new AcceptedRegisters(world);
        var sessions = new SessionRegisters(registers);
        var locks = new LockRegisters(registers, sessions);
        foreach (var number in Enumerable.Range(0, OnAcceptors))
            await LiveAsync(UniqueId.New(), number);
        Assert.All(world.Nodes.Values, static node => Assert.True(node.Storage.StateNames.Count(static state => state == "register") > 2 * OnAcceptors));
        clock.Advance(Retention);
        for (var step = 0; step < MostSteps && world.Nodes.Values.Any(static node => node.Storage.StateNames.Contains("register")); step++)
        {
            foreach (var node in world.Nodes.Values)
                await node.ForgetAsync();
        }

        foreach (var node in world.Nodes.Values)
        {
            Assert.DoesNotContain(node.Storage.StateNames, static state => state != "identity" && !state.StartsWith("watermarks", StringComparison.Ordinal));
            var status = await node.StatusAsync();
            Assert.Equal((0, 3 * OnAcceptors, ""), (status.Registers, status.Forgetting!.Forgotten, status.Forgetting.WaitsFor));
        }

        async Task LiveAsync(Guid id, int number)
        {
            var attached = new AttachedRegister($"instances/{number}", 0);
            var opened = await sessions.OpenAsync(id, Short.Open(clock.GetUtcNow()), CancellationToken.None);
            var renewed = await sessions.WriteAsync(id, opened.Entry!, SessionValue.Of(opened.Entry)!.With(attached), CancellationToken.None);
            await registers.ChangeAsync(attached.Name, Change.Set([1]) with { Session = id });
            await registers.ChangeAsync(ReservedNames.OfLock($"{number}"), LockValue.Of(null).With(new Bid(LockKind.Lock, 1, id, "", false))!.ToChange());
            await sessions.CloseAsync(id, renewed.Entry, CancellationToken.None);
            await locks.CleanUpAsync($"{number}", CancellationToken.None);
        }
    }
}
