namespace Orleans.Paxos.Verification.Simulation;

/// <summary>How a run was found to be wrong.</summary>
internal enum FailureKind
{
    /// <summary>An invariant of docs/protocol.md does not hold, seen from outside or by the code itself.</summary>
    Invariant,

    /// <summary>Something failed in a way that no contract names.</summary>
    Unexpected,

    /// <summary>The answers to clients are not linearizable, or break the weaker guarantee of a watch, a stale read or a list.</summary>
    History,

    /// <summary>An operation did not end or did not succeed although there were no more faults.</summary>
    Liveness,
}

/// <summary>What went wrong in a run.</summary>
internal sealed record SimulationFailure(FailureKind Kind, string Sentence)
{
    public static IEnumerable<SimulationFailure> Of(FailureKind kind, IEnumerable<string> sentences) =>
        sentences.Select(sentence => new SimulationFailure(kind, sentence));

    public override string ToString() => $"{Kind}: {Sentence}";
}
