using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>Runs the observers of a silo's stages: upwards at start, downwards at stop, those of one stage together.</summary>
internal sealed class SiloLifecycle : ISiloLifecycle
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var subscription = new Subscription(this, observerName, stage, observer);
        lock (_lock)
            _subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>Starts the stages after the one that started last, up to one.</summary>
    public async Task StartThroughAsync(int lastStage)
    {
        foreach (var stage in Stages().Where(stage => !stage[0].IsStarted && stage[0].Stage <= lastStage).OrderBy(stage => stage[0].Stage))
        {
            await Task.WhenAll(stage.Select(StartAsync));
            HighestCompletedStage = stage[0].Stage;
        }
    }

    /// <summary>Stops the stages that started, down to one; goes on when an observer fails.</summary>
    /// <returns>What the observers threw.</returns>
    public async Task<IReadOnlyList<Exception>> StopDownToAsync(int lastStage, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var stage in Stages().Where(stage => stage[0].Stage >= lastStage).OrderByDescending(stage => stage[0].Stage))
        {
            foreach (var stopping in stage.Where(observer => observer.IsStarted).Select(observer => StopAsync(observer, cancellationToken)).ToList())
            {
                await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stopping.Exception is { } exception)
                    failures.AddRange(exception.InnerExceptions);
            }

            LowestStoppedStage = stage[0].Stage;
        }

        return failures;
    }

    private static async Task StartAsync(Subscription subscription)
    {
        // One that fails half-way is stopped too.
        subscription.IsStarted = true;
        await subscription.Observer.OnStart(CancellationToken.None);
    }

    private static async Task StopAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        subscription.IsStarted = false;
        await subscription.Observer.OnStop(cancellationToken);
    }

    private List<List<Subscription>> Stages()
    {
        lock (_lock)
            return [.. _subscriptions.GroupBy(subscription => subscription.Stage).Select(stage => stage.ToList())];
    }

    private sealed record Subscription(SiloLifecycle Lifecycle, string Name, int Stage, ILifecycleObserver Observer) : IDisposable
    {
        public bool IsStarted { get; set; }

        public void Dispose()
        {
            lock (Lifecycle._lock)
                Lifecycle._subscriptions.Remove(this);
        }
    }
}
