namespace Orleans.Paxos;

/// <summary>A call that may be sent more than once, each copy through another gateway.</summary>
/// <param name="key">Decides which gateway is asked first.</param>
internal abstract class HedgedCall<T>(string key)
{
    public string Key => key;

    /// <summary>Whether a copy can change anything: then the call cannot end as unavailable while one is unaccounted for.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Sends a copy.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="copy">0 for the first, then 1, 2 and so on.</param>
    public abstract Task<T> SendAsync(IGateway gateway, int copy);

    /// <summary>A copy failed, or is without an answer for so long that another is sent.</summary>
    public virtual void Overdue(int copy)
    {
    }

    /// <summary>Judges the answer to a copy, which has ended.</summary>
    public virtual Verdict Judge(Task<T> answer) => answer.IsCompletedSuccessfully
        ? Verdict.Final
        : answer.Failure() switch
        {
            ArgumentException => Verdict.Final,
            QuorumUnavailableException or AcceptorSetMismatchException => Verdict.Unavailable,
            _ => Verdict.Failed,
        };

    /// <summary>What the call fails with when time is up.</summary>
    /// <param name="effectPossible">Whether a copy may have had an effect, or have one yet.</param>
    /// <param name="reason">A sentence that says what happened.</param>
    /// <param name="lastFailure">The failure of the copy that failed last; null when none failed.</param>
    public virtual Exception GiveUp(bool effectPossible, string reason, Exception? lastFailure) =>
        new QuorumUnavailableException(reason, lastFailure);
}
