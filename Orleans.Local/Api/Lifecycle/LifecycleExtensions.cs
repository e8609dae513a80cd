namespace Orleans;

/// <summary>Subscribes to lifecycles.</summary>
public static class LifecycleExtensions
{
    /// <summary>Takes part in a stage.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">Who, for logs.</param>
    /// <param name="stage">When.</param>
    /// <param name="onStart">What to do at start.</param>
    /// <returns>Ends the part when disposed.</returns>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(observerName, stage, onStart, null);

    /// <summary>Takes part in a stage.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">Who, for logs.</param>
    /// <param name="stage">When.</param>
    /// <param name="onStart">What to do at start.</param>
    /// <param name="onStop">What to do at stop; null for nothing.</param>
    /// <returns>Ends the part when disposed.</returns>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task>? onStop) =>
        observable.Subscribe(observerName, stage, new Observer(onStart, onStop));

    private sealed class Observer(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken = default) => onStart(cancellationToken);

        public Task OnStop(CancellationToken cancellationToken = default) => onStop?.Invoke(cancellationToken) ?? Task.CompletedTask;
    }
}
