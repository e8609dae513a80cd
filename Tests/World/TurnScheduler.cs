namespace Orleans.Paxos.Tests.World;

/// <summary>Runs everything one turn at a time, as a reentrant grain does.</summary>
internal sealed class TurnScheduler
{
    private readonly TaskFactory _factory = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    /// <summary>Runs a call. While it awaits something, other calls get their turns.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> call) => _factory.StartNew(call).Unwrap();
}
