using System.Collections.Concurrent;

namespace Orleans.Paxos.Tests.Local;

/// <summary>How tests and grains of one process wait for each other, by names that no two tests share.</summary>
internal static class Signals
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Known = new();

    public static void Set(string name) => Of(name).TrySetResult();

    public static bool IsSet(string name) => Of(name).Task.IsCompleted;

    /// <summary>Waits for a signal; a test that waits in vain fails.</summary>
    public static Task WaitAsync(string name) => Of(name).Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    public static string NewName() => UniqueId.New().ToString("N");

    private static TaskCompletionSource Of(string name) =>
        Known.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
