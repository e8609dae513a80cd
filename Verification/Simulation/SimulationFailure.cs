namespace Orleans.Paxos.Verification.Simulation;

/// <summary>How a run was found to be wrong.</summary>
internal enum FailureKind
{
    /// <summary>An invariant of docs/protocol.md does not hold, seen from outside or by the code itself.</summary>
    Invariant,

    /// <summary>Something failed in a way that no contract names.</summary>
    Unexpected,

    /// <summary>What clients were told is not linearizable, or breaks the weaker promise of a watch or a stale read.</summary>
    History,

    /// <summary>Something did not end, or did not succeed, though there were no faults any more.</summary>
    Liveness,
}

/// <summary>What went wrong in a run.</summary>
internal sealed record SimulationFailure(FailureKind Kind, string Sentence)
{
    public static IEnumerable<SimulationFailure> Of(FailureKind kind, IEnumerable<string> sentences) =>
        sentences.Select(sentence => new SimulationFailure(kind, sentence));

    public override string ToString() => $"{Kind}: {Sentence}";
}
