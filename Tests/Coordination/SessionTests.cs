using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class SessionTests
{
    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(3), Owner = "owner" };

    [Fact]
    public void A_session_lives_as_long_as_it_is_renewed_and_ends_when_it_is_closed() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await world.Sleep(60);
        Assert.False(session.Lost.IsCancellationRequested);
        Assert.Single(await process.Coordination.ListSessionsAsync().ToListAsync());
        await session.CloseAsync();
        Assert.True(session.Lost.IsCancellationRequested);
        Assert.Empty(world.Registers.Names);
    });

    [Fact]
    public void An_owner_that_is_cut_off_loses_its_session_before_anyone_ends_it() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await world.Sleep(0.5);
        process.Registers.IsCutOff = true;
        while (!session.Lost.IsCancellationRequested)
            await world.Sleep(0.01);
        Assert.InRange(world.Now.TotalSeconds, 3 / 1.05, 3 / 1.05 + 0.05);
        Assert.Single(world.Registers.Names);
        while (world.Registers.Names.Any())
            await world.Sleep(0.01);
        Assert.InRange(world.Now.TotalSeconds, 3, 3.3);
    });

    [Fact]
    public void The_deadline_counts_from_before_the_renewal_was_sent_and_not_from_its_answer() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        process.Registers.Delay = TimeSpan.FromSeconds(0.4); // the renewal is sent after 1 s and answered after 1.8 s
        await world.Sleep(1.9);
        Assert.InRange(session.Remaining.TotalSeconds, 1 + (3 / 1.05) - 1.95, 1 + (3 / 1.05) - 1.89);
    });

    [Fact]
    public void Whoever_has_seen_a_session_unchanged_for_its_time_to_live_ends_it_even_if_nobody_told_the_keeper() => CoordinationWorld.Run(async world =>
    {
        world.KeeperIsTold = false;
        var process = world.NewProcess();
        await process.Coordination.OpenSessionAsync(Short);
        process.Registers.IsCutOff = true;
        await world.Sleep(1);
        await world.WakeKeeperAsync();
        await world.Sleep(2.9);
        Assert.Single(world.Registers.Names);
        await world.Sleep(0.3);
        Assert.Empty(world.Registers.Names);
    });

    [Fact]
    public void A_keeper_that_stops_leaves_its_sessions_to_the_next() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        await process.Coordination.OpenSessionAsync(Short);
        process.Registers.IsCutOff = true;
        world.Keeper.Stop();
        await world.Sleep(60);
        Assert.Single(world.Registers.Names);
        Assert.True(world.IsQuiet);
    });

    [Fact]
    public void An_end_that_others_ask_for_reaches_the_owner_first() => CoordinationWorld.Run(async world =>
    {
        var (process, operatorsProcess) = (world.NewProcess(), world.NewProcess());
        var session = await process.Coordination.OpenSessionAsync(Short);
        Assert.True(await operatorsProcess.Coordination.EndSessionAsync(session.Id));
        var namesWhenLost = new List<string>();
        session.Lost.Register(() => namesWhenLost.AddRange(world.Registers.Names));
        await world.Sleep(1.2);
        Assert.Single(namesWhenLost);
        Assert.Empty(world.Registers.Names);
        Assert.False(await operatorsProcess.Coordination.EndSessionAsync(session.Id));
    });

    [Fact]
    public void A_majority_that_is_away_for_longer_than_a_time_to_live_ends_all_sessions_and_none_of_longer_ones() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var shorter = await process.Coordination.OpenSessionAsync(Short);
        var longer = await process.Coordination.OpenSessionAsync(Short with { TimeToLive = TimeSpan.FromSeconds(60) });
        process.Registers.IsCutOff = world.KeepersRegisters.IsCutOff = true;
        await world.Sleep(30);
        process.Registers.IsCutOff = world.KeepersRegisters.IsCutOff = false;
        await world.Sleep(30);
        Assert.True(shorter.Lost.IsCancellationRequested);
        Assert.False(longer.Lost.IsCancellationRequested);
        Assert.Equal([ReservedNames.OfSession(longer.Id)], world.Registers.Names);
    });

    [Fact]
    public void A_renewal_whose_answer_was_lost_does_not_cost_the_session() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync(Short);
        await world.Sleep(0.9);
        process.Registers.LosesAnswers = true;
        await world.Sleep(0.5);
        process.Registers.LosesAnswers = false;
        await world.Sleep(30);
        Assert.False(session.Lost.IsCancellationRequested);
    });

    [Theory]
    [InlineData(0.9), InlineData(86_401)]
    public void A_time_to_live_out_of_range_is_refused(double seconds) => CoordinationWorld.Run(async world =>
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => world.NewProcess().Coordination.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(seconds) }));
        Assert.Contains("1 second to 1 day", refused.Message);
        Assert.Equal(0, world.Registers.Writes);
    });
}
