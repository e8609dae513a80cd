namespace Orleans.Paxos;

internal static class TaskExtensions
{
    /// <summary>The exception of a task that ended without a result.</summary>
    public static Exception Failure(this Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);

    /// <summary>Waits for a task that never fails, but not for ever.</summary>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(patience.RoundedUp(), time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
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
