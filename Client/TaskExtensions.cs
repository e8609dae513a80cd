using System.Runtime.CompilerServices;

namespace Orleans.Paxos;

internal static class TaskExtensions
{
    /// <summary>The exception of a task that ended without a result.</summary>
    public static Exception Failure(this Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);

    /// <summary>Awaits the end of a task, however it ends; a failure is looked at afterwards, without the cost of throwing it.</summary>
    public static ConfiguredTaskAwaitable EndAsync(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits for a task that never fails, but not for ever.</summary>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        await task.WaitAsync(patience.RoundedUp(), time, cancellationToken).EndAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }

    /// <summary>Timers count whole milliseconds: rounded down, the last one would be waited for in a busy loop.</summary>
    public static TimeSpan RoundedUp(this TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    /// <summary>Nobody waits for the task any more; its failure is not an unobserved one.</summary>
    public static void Abandon(this Task task) => task.ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
