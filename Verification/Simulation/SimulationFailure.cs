namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The kinds of failures of a run.</summary>
internal enum FailureKind
{
    /// <summary>An invariant of docs/protocol.md does not hold. The monitor or the code itself found it.</summary>
    Invariant,

    /// <summary>Something failed in a way that no contract names.</summary>
    Unexpected,

    /// <summary>The answers to clients are not linearizable, or break the weaker guarantee of a watch, a stale read or a list.</summary>
    History,

    /// <summary>A watcher was not given a version although the faults were over.</summary>
    Missed,

    /// <summary>An operation did not end or did not succeed although the faults were over.</summary>
    Liveness,
}

/// <summary>A failure of a run.</summary>
internal sealed record SimulationFailure(FailureKind Kind, string Sentence)
{
    public static IEnumerable<SimulationFailure> Of(FailureKind kind, IEnumerable<string> sentences) =>
        sentences.Select(sentence => new SimulationFailure(kind, sentence));

    public override string ToString() => $"{Kind}: {Sentence}";
}
