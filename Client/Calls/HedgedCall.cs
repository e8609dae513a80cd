namespace Orleans.Paxos.Client.Calls;

/// <summary>A call that may be sent more than once, each copy through another gateway.</summary>
/// <param name="key">Decides which gateway is asked first.</param>
internal abstract class HedgedCall<T>(string key)
{
    public string Key => key;

    /// <summary>Whether a copy can change anything. If so, the call cannot end as unavailable while the outcome of a copy is not known.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Sends a copy.</summary>
    /// <param name="gateway">The gateway to send it through.</param>
    /// <param name="toGrain">Whether the copy goes to the grain that is called, rather than around it. True only if
    /// <see cref="MayAskGrain"/>.</param>
    public abstract Task<T> SendAsync(IGateway gateway, bool toGrain);

    /// <summary>Whether the next copy may go to a grain: the call has one, and it is not suspect.</summary>
    public virtual bool MayAskGrain() => false;

    /// <summary>Notes that a copy to the grain failed, or that the grain does not answer.</summary>
    public virtual void GrainFailed()
    {
    }

    /// <summary>Asks the grain for a sign of life, bypassing the gateway that the call prefers. Never fails.</summary>
    /// <param name="since">A timestamp. A sign of life that was asked for since then is enough.</param>
    /// <returns>True once it has answered, false if it cannot be asked. The task may never end.</returns>
    public virtual Task<bool> GrainAnswersAsync(long since) => Task.FromResult(false);

    /// <summary>Judges the answer to a copy that has ended.</summary>
    public virtual Verdict Judge(Task<T> answer) => answer.IsCompletedSuccessfully
        ? Verdict.Final
        : answer.Failure() switch
        {
            ArgumentException => Verdict.Final,
            QuorumUnavailableException or AcceptorSetMismatchException => Verdict.Unavailable,
            _ => Verdict.Failed,
        };

    /// <summary>Creates the exception with which the call fails when time is up.</summary>
    /// <param name="effectPossible">Whether a copy may have had an effect, or may still have one.</param>
    /// <param name="reason">A sentence that says what happened.</param>
    /// <param name="lastFailure">The failure of the copy that failed last; null when none failed.</param>
    public virtual Exception GiveUp(bool effectPossible, string reason, Exception? lastFailure) =>
        new QuorumUnavailableException(reason, lastFailure);
}
