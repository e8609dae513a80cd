using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class WatchFanOutTests
{
    private const int Watchers = 20;

    private readonly OperationTime _time = new();

    [Fact]
    public async Task Every_version_that_a_watcher_sees_is_an_operation()
    {
        var target = new FakeTarget();
        var measurement = await RunAsync(target);
        var versions = target.Writes.Count - 1;
        Assert.Equal(99, versions);
        Assert.Equal(versions * Watchers, target.Deliveries);
        Assert.Equal(versions * Watchers, measurement.Operations);
        Assert.Equal(Watchers, measurement.Clients);
        Assert.Empty(measurement.Errors);
    }

    [Fact]
    public async Task A_latency_is_the_time_since_the_write_was_sent()
    {
        var target = FakeTarget.Taking(_time.Advance, _ => TimeSpan.FromMilliseconds(50));
        var measurement = await RunAsync(target);
        Assert.InRange(measurement.Latencies.P50, 50, 55);
        Assert.InRange(measurement.Latencies.Max, 50, 60);
    }

    [Fact]
    public async Task A_version_that_a_watcher_never_sees_is_an_error()
    {
        var target = new FakeTarget { Delivers = (watcher, version) => (watcher, version) is not ((3, 5) or (4, 7)) };
        var measurement = await RunAsync(target);
        Assert.Equal([new ErrorCount("MissedVersion", 2, $"2 of {(target.Writes.Count - 1) * Watchers} deliveries did not come.")], measurement.Errors);
        Assert.Equal(target.Deliveries, measurement.Operations);
    }

    [Fact]
    public async Task A_write_that_fails_is_an_error_and_is_not_waited_for()
    {
        var target = new FakeTarget { Operation = (number, _) => number == 5 ? Task.FromException(new TimeoutException("five")) : Task.CompletedTask };
        var measurement = await RunAsync(target);
        Assert.Equal([new ErrorCount("TimeoutException", 1, "five")], measurement.Errors);
        Assert.Equal(target.Deliveries, measurement.Operations);
    }

    [Fact]
    public async Task A_slow_write_does_not_hold_up_those_after_it()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var target = new FakeTarget
        {
            Operation = (number, _) =>
            {
                if (number == 1 + FanOutWriter.MostAtOnce)
                    answered.SetResult();
                return number == 1 ? Task.CompletedTask : answered.Task;
            },
        };
        var measurement = await RunAsync(target);
        Assert.Equal(FanOutWriter.MostAtOnce, target.MostAtOnce);
        Assert.Equal(99 * Watchers, target.Deliveries);
        Assert.Empty(measurement.Errors);
    }

    [Fact]
    public async Task Writes_that_hang_are_errors_after_the_grace()
    {
        var target = new FakeTarget
        {
            Operation = (number, token) => number == 1 ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token),
        };
        var plan = Plan with { Duration = TimeSpan.FromSeconds(0.5), Grace = TimeSpan.FromSeconds(2), Time = TimeProvider.System };
        var measurement = await ClosedLoop.RunAsync(FanOut, target, plan, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal([new ErrorCount("TimeoutException", FanOutWriter.MostAtOnce, "No answer came within 2 s after the measured time.")], measurement.Errors);
    }

    [Fact]
    public async Task A_version_told_twice_counts_once_and_is_an_error()
    {
        var target = new FakeTarget { Repeats = true };
        var measurement = await RunAsync(target);
        Assert.Equal(target.Deliveries, measurement.Operations);
        Assert.Equal(("InvalidDataException", target.Deliveries), Assert.Single(measurement.Errors.Select(error => (error.Kind, error.Count))));
    }

    [Fact]
    public async Task Watchers_of_a_prefix_see_the_versions_of_all_registers_below_it()
    {
        var target = new FakeTarget();
        var measurement = await RunPrefixAsync(target);
        Assert.Equal(99 * Watchers, measurement.Operations);
        Assert.Equal(10, target.Writes.DistinctBy(write => write.Register).Count());
        Assert.Empty(measurement.Errors);
    }

    [Fact]
    public async Task A_version_that_a_watcher_of_a_prefix_never_sees_is_an_error()
    {
        var target = new FakeTarget { Delivers = (watcher, version) => (watcher, version) is not (3, 5) };
        Assert.Equal(("MissedVersion", 1), Assert.Single((await RunPrefixAsync(target)).Errors.Select(error => (error.Kind, error.Count))));
    }

    [Fact]
    public async Task A_version_that_a_watcher_of_a_prefix_is_told_twice_is_an_error()
    {
        var target = new FakeTarget { Repeats = true };
        var errors = (await RunPrefixAsync(target)).Errors;
        Assert.Equal(("InvalidDataException", 99 * Watchers), Assert.Single(errors.Select(error => (error.Kind, error.Count))));
    }

    [Fact]
    public async Task A_watch_of_a_prefix_that_begins_again_is_an_error()
    {
        var target = new FakeTarget { BeginsAgainAt = 50, Repeats = true };
        var errors = (await RunPrefixAsync(target)).Errors;
        Assert.Equal(("InvalidDataException", 99 * Watchers), Assert.Single(errors.Select(error => (error.Kind, error.Count))));
    }

    [Fact]
    public async Task A_watch_that_ends_by_itself_is_an_error()
    {
        var ends = new TaskCompletionSource();
        var target = new FakeTarget
        {
            Operation = (number, _) =>
            {
                if (number == 5)
                    ends.SetResult();
                return Task.CompletedTask;
            },
            Watching = (watcher, token) => watcher == 1 ? ends.Task : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token),
        };
        Assert.Contains("EndOfStreamException", (await RunAsync(target)).Errors.Select(error => error.Kind));
    }

    [Fact]
    public Task A_watch_that_cannot_begin_ends_the_run_with_its_reason() => Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(new Blind()));

    [Fact]
    public async Task Values_of_other_runs_are_not_counted()
    {
        var target = new FakeTarget();
        await RunAsync(target);
        var stamps = new FanOutStamps(UniqueId.New(), new ScenarioOptions());
        Assert.All(target.Writes, write => Assert.Null(stamps.Read(write.Value)));
    }

    [Theory]
    [InlineData(0, 48)]
    [InlineData(48, 48)]
    [InlineData(256, 256)]
    public void A_stamp_comes_back_as_it_was_written(int valueBytes, int bytes)
    {
        var stamps = new FanOutStamps(UniqueId.New(), new ScenarioOptions { ValueBytes = valueBytes });
        var stamp = new FanOutStamp(long.MaxValue, 1234567890123);
        Assert.Equal(bytes, stamps.Value(stamp).Length);
        Assert.Equal(stamp, stamps.Read(stamps.Value(stamp)));
        Assert.Null(stamps.Read("other"u8));
    }

    [Fact]
    public async Task Cancelling_ends_it_with_what_was_seen()
    {
        using var stop = new CancellationTokenSource();
        var target = new FakeTarget
        {
            Operation = (number, _) =>
            {
                if (number == 10)
                    stop.Cancel();
                return Task.CompletedTask;
            },
        };
        var measurement = await RunAsync(target, stop.Token);
        Assert.Equal(target.Deliveries, measurement.Operations);
        Assert.Equal(9 * Watchers, measurement.Operations);
        Assert.Empty(measurement.Errors);
    }

    private static Scenario FanOut => ScenarioCatalog.Create(ScenarioCatalog.WatchFanOut, new ScenarioOptions { Watchers = Watchers });

    private LoadPlan Plan => new(Clients: 1, WarmUp: TimeSpan.Zero, Duration: TimeSpan.FromSeconds(1)) { Time = _time };

    private Task<Measurement> RunPrefixAsync(FakeTarget target) => ClosedLoop.RunAsync(
        ScenarioCatalog.Create(ScenarioCatalog.WatchPrefix, new ScenarioOptions { Watchers = Watchers, Registers = 10 }), target, Plan, progress: null, TestContext.Current.CancellationToken);

    private Task<Measurement> RunAsync(ILoadTarget target, CancellationToken? stop = null) =>
        ClosedLoop.RunAsync(FanOut, target, Plan, progress: null, stop ?? TestContext.Current.CancellationToken);

    /// <summary>A target that cannot watch.</summary>
    private sealed class Blind : ILoadTarget
    {
        public string Name => "blind";

        public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
