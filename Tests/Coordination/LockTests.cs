using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class LockTests
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(3);

    [Fact]
    public void Those_who_wait_are_served_in_their_order_and_tokens_rise() => CoordinationWorld.Run(async world =>
    {
        var served = new List<int>();
        var tokens = new List<long>();
        var first = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        var waiting = Enumerable.Range(0, 10).Select(async number =>
        {
            await world.Sleep(0.01 * number);
            await using var held = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
            served.Add(number);
            tokens.Add(held.Token);
            await world.Sleep(0.1);
        }).ToList();
        await world.Sleep(5);
        Assert.Empty(served);
        await first.ReleaseAsync();
        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 10), served);
        Assert.Equal(tokens.Order().Distinct(), tokens);
        Assert.True(tokens[0] > first.Token);
    });

    [Fact]
    public void A_release_wakes_one_at_once() => CoordinationWorld.Run(async world =>
    {
        var first = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        var waiting = Enumerable.Range(0, 100).Select(_ => world.NewProcess()).ToList();
        var acquired = waiting.ConvertAll(process => process.Coordination.Lock("l").AcquireAsync());
        await world.Sleep(2);
        var (writes, sent, releasedAt) = (world.Registers.Writes, waiting.Sum(static process => process.Registers.Sent.Count), world.Now);
        await first.ReleaseAsync();
        await Task.WhenAny(acquired);
        Assert.InRange((world.Now - releasedAt).TotalMilliseconds, 1, 15);
        Assert.Equal(3, world.Registers.Writes - writes); // the release, the end of its session, the acquisition
        Assert.InRange(waiting.Sum(static process => process.Registers.Sent.Count) - sent, 1, 5);
    });

    [Fact]
    public void A_holder_that_is_gone_is_followed_within_its_time_to_live() => CoordinationWorld.Run(async world =>
    {
        var holder = world.NewProcess();
        var held = await holder.Coordination.Lock("l").AcquireAsync(Owning());
        var next = world.NewProcess().Coordination.Lock("l").AcquireAsync();
        holder.Registers.IsCutOff = true;
        while (!held.Lost.IsCancellationRequested)
            await world.Sleep(0.01);
        Assert.False(held.IsHeld);
        Assert.False(next.IsCompleted);
        var token = (await next).Token;
        Assert.InRange(world.Now.TotalSeconds, 3, 3.3);
        Assert.True(token > held.Token);
    });

    [Fact]
    public void Acquiring_again_in_one_session_returns_the_same_token() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync();
        var one = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        var other = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        Assert.Equal(one.Token, other.Token);
        var released = one.ReleaseAsync();
        Assert.False(one.IsHeld || other.IsHeld);
        await released;
        await other.ReleaseAsync();
        Assert.Null(await process.Coordination.Lock("l").ReadAsync());
    });

    [Fact]
    public void A_late_release_does_not_release_a_later_acquisition_of_the_same_session() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync();
        var one = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        var again = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        await one.ReleaseAsync();
        var later = await process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session });
        await again.ReleaseAsync();
        Assert.Equal(later.Token, (await process.Coordination.Lock("l").ReadAsync())!.Token);
    });

    [Fact]
    public void Who_tries_gets_nothing_while_another_holds_or_waits() => CoordinationWorld.Run(async world =>
    {
        var held = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        var process = world.NewProcess();
        Assert.Null(await process.Coordination.Lock("l").TryAcquireAsync());
        var late = await Assert.ThrowsAsync<TimeoutException>(() => process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Timeout = TimeSpan.FromSeconds(2) }));
        Assert.Contains("'l'", late.Message);
        await held.ReleaseAsync();
        await using var mine = await process.Coordination.Lock("l").TryAcquireAsync();
        Assert.NotNull(mine);
    });

    [Fact]
    public void Who_gives_up_leaves_nothing_behind() => CoordinationWorld.Run(async world =>
    {
        var held = await world.NewProcess().Coordination.Lock("l").AcquireAsync();
        using var over = new CancellationTokenSource();
        var waiting = world.NewProcess().Coordination.Lock("l").AcquireAsync(cancellationToken: over.Token);
        await world.Sleep(1);
        over.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await held.ReleaseAsync();
        await world.Sleep(1);
        Assert.Empty(world.Registers.Names);
    });

    [Fact]
    public void An_acquisition_whose_outcome_is_unknown_holds_nothing_after_it_was_given_up() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var session = await process.Coordination.OpenSessionAsync();
        process.Registers.LosesAnswers = true;
        using var over = new CancellationTokenSource();
        var waiting = process.Coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = session }, over.Token);
        await world.Sleep(1);
        Assert.Contains(ReservedNames.OfLock("l"), world.Registers.Names);
        over.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        process.Registers.LosesAnswers = false;
        await world.Sleep(10);
        Assert.DoesNotContain(ReservedNames.OfLock("l"), world.Registers.Names);
        Assert.False(session.Lost.IsCancellationRequested);
    });

    [Fact]
    public void A_name_is_one_kind_of_lock_at_a_time() => CoordinationWorld.Run(async world =>
    {
        var process = world.NewProcess();
        var leader = await process.Coordination.Election<string>("n").CampaignAsync("me");
        var refused = await Assert.ThrowsAsync<LockKindException>(() => process.Coordination.Lock("n").AcquireAsync());
        Assert.Contains("'n' is an election", refused.Message);
        await leader.ReleaseAsync();
        await using var held = await process.Coordination.Lock("n").AcquireAsync();
        Assert.True(held.Token > leader.Token);
    });

    private static AcquireOptions Owning() => new() { OwnSession = new SessionOptions { TimeToLive = TimeToLive } };
}
