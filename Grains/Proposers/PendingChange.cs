namespace Orleans.Paxos.Proposers;

/// <summary>A change that waits for its outcome.</summary>
internal sealed class PendingChange(ChangeRequest request)
{
    private readonly TaskCompletionSource<ChangeOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeRequest Request { get; set; } = request;

    public Task<ChangeOutcome> Outcome => _outcome.Task;

    public void End(ChangeOutcome outcome) => _outcome.TrySetResult(outcome);

    public void End(Exception exception) => _outcome.TrySetException(exception);
}
