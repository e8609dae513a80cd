namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Writes that go into one transaction, which they may share with others.</summary>
/// <param name="writes">The writes.</param>
internal sealed class QueuedCommit(IReadOnlyList<QueuedWrite> writes)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<QueuedWrite> Writes => writes;

    /// <summary>Completes after the transaction is durable, and fails when it failed.</summary>
    public Task Task => _completion.Task;

    /// <summary>Tells the caller that the transaction is durable.</summary>
    public void Release() => _completion.SetResult();

    /// <summary>Tells the caller that the transaction failed.</summary>
    public void Fail(Exception failure) => _completion.SetException(failure);
}
