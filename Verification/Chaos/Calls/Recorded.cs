using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>The outcome of a call for its caller.</summary>
internal enum CallOutcome
{
    /// <summary>The call got a definite answer, which may be a refusal.</summary>
    Acknowledged,

    /// <summary>The call got no answer, and it had no effect and never will.</summary>
    Failed,

    /// <summary>The call got no answer, and the change may have taken effect or may still do so.</summary>
    Unknown,
}

/// <summary>A call and its times.</summary>
/// <param name="Operation">The call with its answer.</param>
/// <param name="Started">When it was sent, relative to the start of the run.</param>
/// <param name="Ended">When it ended, relative to the start of the run.</param>
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
