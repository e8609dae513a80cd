using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class ClosedLoopTests
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Its_operations_are_what_the_target_saw()
    {
        var target = FakeTarget.Taking(_time.Advance, _ => TimeSpan.FromMilliseconds(10));
        var measurement = await RunAsync(target);
        Assert.Equal(100, target.Operations);
        Assert.Equal(100, measurement.Operations);
        Assert.Equal(100, measurement.OperationsPerSecond);
        Assert.Equal(1, measurement.ElapsedSeconds);
        Assert.Equal(("write-hot", "fake", 1, 256), (measurement.Scenario, measurement.Target, measurement.Clients, measurement.ValueBytes));
        Assert.Empty(measurement.Errors);
    }

    [Fact]
    public async Task Operations_and_latencies_of_the_warm_up_do_not_count()
    {
        var target = FakeTarget.Taking(_time.Advance, number => TimeSpan.FromMilliseconds(number <= 20 ? 50 : 10));
        var measurement = await RunAsync(target, warmUp: OneSecond);
        Assert.Equal(120, target.Operations);
        Assert.Equal(100, measurement.Operations);
        Near(10, measurement.Latencies.Max);
    }

    [Fact]
    public async Task Errors_of_the_warm_up_do_not_count()
    {
        var target = Failing(number => number <= 100 ? new TimeoutException("too slow") : null);
        var measurement = await RunAsync(target, warmUp: OneSecond);
        Assert.Equal(0, measurement.ErrorCount);
        Assert.Equal(100, measurement.Operations);
    }

    [Fact]
    public async Task An_operation_under_way_when_the_time_is_up_is_in_the_latencies_and_not_in_the_rate()
    {
        var target = FakeTarget.Taking(_time.Advance, number => TimeSpan.FromMilliseconds(number <= 3 ? 300 : 700));
        var measurement = await RunAsync(target);
        Assert.Equal(4, target.Operations);
        Assert.Equal(3, measurement.Operations);
        Assert.Equal(1, measurement.ElapsedSeconds);
        Near(300, measurement.Latencies.P50);
        Near(700, measurement.Latencies.Max);
    }

    [Fact]
    public async Task Errors_are_counted_by_kind_with_their_first_message_and_are_no_operations()
    {
        var target = Failing(number => number switch
        {
            _ when number % 4 == 0 => new TimeoutException($"number {number}"),
            _ when number % 25 == 0 => new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable),
            _ => null,
        });
        var measurement = await RunAsync(target);
        Assert.Equal([new ErrorCount("TimeoutException", 25, "number 4"), new ErrorCount("HttpRequestException 503", 3, "busy")], measurement.Errors);
        Assert.Equal(28, measurement.ErrorCount);
        Assert.Equal(72, measurement.Operations);
    }

    [Fact]
    public async Task Many_clients_lose_no_operation()
    {
        const int Clients = 50;
        var time = new OperationTime();
        var target = FakeTarget.Taking(time.Advance, _ => TimeSpan.FromMicroseconds(100));
        var measurement = await ClosedLoop.RunAsync(
            Hot, target, Plan(Clients, TimeSpan.Zero) with { Time = time }, progress: null, TestContext.Current.CancellationToken);
        Assert.InRange(target.Operations, 10_000, 10_000 + Clients);
        Assert.InRange(measurement.Operations, target.Operations - Clients, target.Operations);
    }

    [Fact]
    public async Task Cancelling_ends_clients_that_wait_and_is_no_error()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new SemaphoreSlim(0);
        var target = new FakeTarget
        {
            Operation = (_, token) =>
            {
                waiting.Release();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
        };
        var run = RunAsync(target, clients: 2, cancellationToken: stop.Token);
        await waiting.WaitAsync(TestContext.Current.CancellationToken);
        await waiting.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        await stop.CancelAsync();
        var measurement = await run;
        Assert.Equal(0, measurement.Operations);
        Assert.Empty(measurement.Errors);
    }

    [Fact]
    public async Task Cancelling_keeps_what_was_measured_until_then()
    {
        using var stop = new CancellationTokenSource();
        var target = FakeTarget.Taking(_time.Advance, number =>
        {
            if (number == 50)
                stop.Cancel();
            return TimeSpan.FromMilliseconds(10);
        });
        var measurement = await RunAsync(target, cancellationToken: stop.Token);
        Assert.Equal(50, measurement.Operations);
        Assert.Equal(0.5, measurement.ElapsedSeconds);
        Assert.Equal(100, measurement.OperationsPerSecond);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_operation_that_hangs_ends_after_the_grace_as_an_error()
    {
        var waiting = new SemaphoreSlim(0);
        var target = new FakeTarget
        {
            Operation = (_, token) =>
            {
                waiting.Release();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
        };
        var run = RunAsync(target);
        await waiting.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30.9));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var error = Assert.Single((await run).Errors);
        Assert.Equal(("TimeoutException", 1), (error.Kind, error.Count));
        Assert.Contains("30 s", error.Sample);
    }

    [Fact]
    public async Task Progress_says_what_runs_and_how_far_it_is()
    {
        var first = new TaskCompletionSource<LoadProgress>();
        var target = new FakeTarget
        {
            Operation = async (_, _) =>
            {
                await first.Task;
                _time.Advance(TimeSpan.FromMilliseconds(10));
            },
        };
        await ClosedLoop.RunAsync(Hot, target, Plan(1, OneSecond), progress => first.TrySetResult(progress), TestContext.Current.CancellationToken);
        Assert.Equal(new LoadProgress("write-hot", "fake", 1, TimeSpan.Zero, TimeSpan.FromSeconds(2), 0, 0, 0), await first.Task);
    }

    [Fact]
    public async Task Processor_time_is_that_of_the_measured_time_per_operation()
    {
        var (spent, begun) = (TimeSpan.Zero, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var target = new FakeTarget
        {
            Operation = async (_, _) =>
            {
                await begun.Task;
                spent += TimeSpan.FromMilliseconds(3);
                _time.Advance(TimeSpan.FromMilliseconds(10));
            },
        };
        var plan = Plan(1, TimeSpan.Zero) with
        {
            ProcessorTime = () =>
            {
                begun.TrySetResult();
                return spent;
            },
        };
        var measured = await ClosedLoop.RunAsync(Hot, target, plan, null, TestContext.Current.CancellationToken);
        Assert.InRange(measured.ProcessorMicrosecondsPerOperation!.Value, 2_900, 3_100);
        Assert.Null((await RunAsync(target)).ProcessorMicrosecondsPerOperation);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 0)]
    public Task A_plan_without_clients_or_time_is_refused(int clients, int warmUpSeconds, int seconds) => Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
        ClosedLoop.RunAsync(Hot, new FakeTarget(), new LoadPlan(clients, TimeSpan.FromSeconds(warmUpSeconds), TimeSpan.FromSeconds(seconds))));

    private static Scenario Hot => ScenarioCatalog.Create(ScenarioCatalog.WriteHot);

    private LoadPlan Plan(int clients, TimeSpan warmUp) => new(clients, warmUp, OneSecond) { Time = _time };

    private Task<Measurement> RunAsync(FakeTarget target, int clients = 1, TimeSpan warmUp = default, CancellationToken cancellationToken = default) =>
        ClosedLoop.RunAsync(Hot, target, Plan(clients, warmUp), progress: null, cancellationToken);

    private FakeTarget Failing(Func<int, Exception?> failure) => new()
    {
        Operation = (number, _) =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return failure(number) is { } exception ? Task.FromException(exception) : Task.CompletedTask;
        },
    };

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * 0.999, expected * 1.001);
}
