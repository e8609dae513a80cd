namespace Orleans.Paxos.Client.Calls;

/// <summary>A question to a register's grain, sent to see whether the grain answers.</summary>
/// <param name="sentAt">The timestamp at which it was sent.</param>
internal sealed class GrainProbe(long sentAt)
{
    private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long SentAt => sentAt;

    /// <summary>True once the grain has answered, false once the probe has failed.</summary>
    public Task<bool> Answered => _answered.Task;

    public void End(bool answered) => _answered.TrySetResult(answered);
}
