using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Silo.Http;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Http;

public sealed class AnswerBudgetTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VirtualTime _time = new();
    private readonly AnswerBudget _budget;

    public AnswerBudgetTests() => _budget = new AnswerBudget(100, new HttpMetrics(_services.GetRequiredService<IMeterFactory>()), _time);

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task What_fits_is_taken_at_once_and_given_back_once()
    {
        var share = await _budget.TakeAsync(60, Never);
        await _budget.TakeAsync(40, Never);
        Assert.Equal(100, _budget.TakenBytes);
        share.Dispose();
        share.Dispose();
        Assert.Equal(40, _budget.TakenBytes);
    }

    [Fact]
    public async Task What_does_not_fit_waits_its_turn_behind_others()
    {
        var first = await _budget.TakeAsync(90, Never);
        var large = _budget.TakeAsync(50, Never);
        var small = _budget.TakeAsync(5, Never); // would fit, and would overtake
        Assert.Equal((90, 2), (_budget.TakenBytes, _budget.Waiting));
        first.Dispose();
        await Task.WhenAll(large, small);
        Assert.Equal((55, 0), (_budget.TakenBytes, _budget.Waiting));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_ends_as_503_and_takes_nothing()
    {
        using var counts = new MeterCounts(_services.GetRequiredService<IMeterFactory>());
        var first = await _budget.TakeAsync(90, Never);
        var large = _budget.TakeAsync(50, Never);
        var small = _budget.TakeInTurnAsync(5, Never);
        Assert.True(_time.TryAdvance());
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => large)).Problem;
        Assert.Equal((503, "too-many-answers"), (problem.Status, problem.Type));
        await small; // it stood behind
        Assert.Equal((95, 0), (_budget.TakenBytes, _budget.Waiting));
        Assert.Equal(1, counts.Of("paxos.http.answers.refused"));
        first.Dispose();
        Assert.Equal(5, _budget.TakenBytes);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_takes_nothing()
    {
        using var left = new CancellationTokenSource();
        using var first = await _budget.TakeAsync(100, Never);
        var waiting = _budget.TakeInTurnAsync(50, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal((100, 0), (_budget.TakenBytes, _budget.Waiting));
    }

    [Fact]
    public async Task An_answer_larger_than_the_budget_is_given_alone()
    {
        using (var all = await _budget.TakeAsync(1000, Never))
            Assert.Equal(100, _budget.TakenBytes);
        Assert.Equal(0, _budget.TakenBytes);
    }

    [Fact]
    public async Task A_share_shrinks_at_once_and_waits_to_grow()
    {
        var first = await _budget.TakeAsync(80, Never);
        var second = await _budget.TakeAsync(20, Never);
        await first.ResizeAsync(30, Never);
        await second.ResizeAsync(70, Never);
        Assert.Equal(100, _budget.TakenBytes);
        var growing = first.ResizeAsync(40, Never);
        Assert.Equal(1, _budget.Waiting);
        second.Dispose();
        await growing;
        Assert.Equal((40, 40), (first.Bytes, _budget.TakenBytes));
        await Assert.ThrowsAsync<ProblemException>(async () =>
        {
            await _budget.TakeAsync(60, Never);
            var tooMuch = first.ResizeAsync(41, Never);
            Assert.True(_time.TryAdvance());
            await tooMuch;
        });
        Assert.Equal((40, 100), (first.Bytes, _budget.TakenBytes));
    }
}
