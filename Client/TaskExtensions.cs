using System.Runtime.CompilerServices;

namespace Orleans.Paxos;

internal static class TaskExtensions
{
    /// <summary>Returns the exception of a task that ended without a result.</summary>
    public static Exception Failure(this Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);

    /// <summary>
    /// Awaits the end of a task, whether it succeeds or fails. The caller examines a failure afterwards, without the cost of throwing it.
    /// </summary>
    public static ConfiguredTaskAwaitable EndAsync(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits a limited time for the end of a task, whether it succeeds or fails.</summary>
    /// <returns>Whether the task has ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        await task.WaitAsync(patience.RoundedUp(), time, cancellationToken).EndAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }

    /// <summary>
    /// Rounds up to whole milliseconds, which timers count. If it was rounded down, the last millisecond would pass in a busy loop.
    /// </summary>
    public static TimeSpan RoundedUp(this TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    /// <summary>The shorter of two times.</summary>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The longer of two times.</summary>
    public static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Stops waiting for the task, and keeps its failure from being reported as unobserved.</summary>
    public static void Abandon(this Task task) => task.ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
