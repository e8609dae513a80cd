namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// Starts a provider when it is first used, and retries until it has started. If the provider started with the silo, an account that does
/// not answer would prevent the silo from starting.
/// </summary>
internal sealed class DeferredStart : ISiloLifecycle
{
    private readonly List<ILifecycleObserver> _observers = [];
    private readonly Lock _gate = new();
    private Task? _started;

    public DeferredStart(ILifecycleParticipant<ISiloLifecycle> provider) => provider.Participate(this);

    /// <inheritdoc/>
    public int HighestCompletedStage => int.MinValue;

    /// <inheritdoc/>
    public int LowestStoppedStage => int.MaxValue;

    /// <inheritdoc/>
    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _observers.Add(observer);
        return new Nothing();
    }

    /// <summary>Waits for the start, which all callers share. After a failed start, the next call tries again.</summary>
    public Task EnsureAsync()
    {
        if (_started is { IsCompletedSuccessfully: true } started)
            return started;
        lock (_gate)
            return _started is null or { IsFaulted: true } or { IsCanceled: true } ? _started = StartAsync() : _started;
    }

    private async Task StartAsync()
    {
        foreach (var observer in _observers)
            await observer.OnStart(CancellationToken.None);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
