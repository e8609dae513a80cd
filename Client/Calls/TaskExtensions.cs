namespace Orleans.Paxos;

internal static class TaskExtensions
{
    /// <summary>The exception of a task that ended without a result.</summary>
    public static Exception Failure(this Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);

    /// <summary>Nobody waits for the task any more; its failure is not an unobserved one.</summary>
    public static void Abandon(this Task task) => task.ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
