using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>Callers take turns in their order, whether they wait for it or give up.</summary>
public sealed class TurnsTests
{
    private readonly Turns _turns = new();

    [Fact]
    public async Task The_next_turn_begins_when_the_one_before_ends()
    {
        var first = await _turns.TakeAsync(CancellationToken.None);
        var second = _turns.TakeAsync(CancellationToken.None);
        var third = _turns.TakeAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_holds_nobody_up_and_lets_nobody_pass()
    {
        using var givesUp = new CancellationTokenSource();
        var first = await _turns.TakeAsync(CancellationToken.None);
        var second = _turns.TakeAsync(givesUp.Token);
        var third = _turns.TakeAsync(CancellationToken.None);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_turn_that_ends_twice_does_not_end_the_next()
    {
        var first = await _turns.TakeAsync(CancellationToken.None);
        first.Dispose();
        var second = await _turns.TakeAsync(CancellationToken.None);
        first.Dispose();
        Assert.False(_turns.TakeAsync(CancellationToken.None).IsCompleted);
        second.Dispose();
    }
}
