using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>The watchers of watch-fan-out or watch-prefix.</summary>
internal sealed class FanOutWatchers : IAsyncDisposable
{
    private const int RegistersInAGrace = 1000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly ILoadTarget _target;
    private readonly LoadRecord _record;
    private readonly int _graces;
    private readonly CancellationTokenSource _stop;
    private readonly FanOutWatcher[] _watchers;
    private Task _running = Task.CompletedTask;

    public FanOutWatchers(ILoadTarget target, FanOutSubject subject, FanOutStamps stamps, LoadRecord record, CancellationToken cancellationToken)
    {
        (_target, _record) = (target, record);
        _graces = Math.Max(1, subject.Registers.Count / RegistersInAGrace); // each watcher is first told of all registers
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watchers = [.. Enumerable.Range(0, record.Clients).Select(index => new FanOutWatcher(subject, stamps, record.Client(index)))];
    }

    /// <summary>Starts the watchers and waits until each has seen the first version.</summary>
    /// <exception cref="TimeoutException">A watcher did not see it within the grace period.</exception>
    public async Task StartAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_watchers.Select(watcher => Task.Run(() => RunAsync(watcher), CancellationToken.None)));
        var patience = plan.Grace * _graces;
        try
        {
            await Task.WhenAll(_watchers.Select(watcher => watcher.Ready)).WaitAsync(patience, plan.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            var late = _watchers.Count(watcher => !watcher.Ready.IsCompleted);
            throw new TimeoutException($"{late} of {_watchers.Length} watchers have seen nothing for {patience.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>Waits until each watcher has seen a number of versions. Versions that are not seen within the grace period count as errors.</summary>
    public async Task WaitForAsync(long versions, LoadPlan plan, CancellationToken cancellationToken)
    {
        var began = plan.Time.GetTimestamp();
        while (Missing(versions) > 0 && plan.Time.GetElapsedTime(began) < plan.Grace)
            await Task.Delay(BetweenLooks, plan.Time, cancellationToken);
        if (Missing(versions) is > 0 and var missing)
            _record.Failed("MissedVersion", $"{missing} of {versions * _watchers.Length} deliveries did not come.", missing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private long Missing(long versions) => _watchers.Sum(watcher => Math.Max(0, versions - watcher.Seen));

    private async Task RunAsync(FanOutWatcher watcher)
    {
        try
        {
            await watcher.RunAsync(_target, _stop.Token);
        }
        catch (Exception exception)
        {
            _record.Failed(exception);
        }
    }
}
