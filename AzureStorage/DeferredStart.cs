namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// Starts a provider at its first use, and again until it has started. As part of the silo's own start, an account that does
/// not answer would keep the whole silo from starting.
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

    /// <summary>Waits for the start, which all who wait share; a failed one is tried again by the next who asks.</summary>
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
