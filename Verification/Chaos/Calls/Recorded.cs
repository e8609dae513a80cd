using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>How a call ended, for its caller.</summary>
internal enum CallOutcome
{
    /// <summary>With a definite answer, a refusal included.</summary>
    Acknowledged,

    /// <summary>Without, and nothing happened or will.</summary>
    Failed,

    /// <summary>Without, and the change may have happened or happen yet.</summary>
    Unknown,
}

/// <summary>A call, and how long it took.</summary>
/// <param name="Operation">What was asked for, and what was told.</param>
/// <param name="Started">When it was sent, since the run began.</param>
/// <param name="Ended">When it was over.</param>
internal sealed record Recorded(Operation Operation, TimeSpan Started, TimeSpan Ended)
{
    public TimeSpan Latency => Ended - Started;

    public CallOutcome Outcome => Operation switch
    {
        { IsAnswered: true } => CallOutcome.Acknowledged,
        { IsChange: true, Answer: Answer.Unknown } => CallOutcome.Unknown,
        _ => CallOutcome.Failed,
    };
}
