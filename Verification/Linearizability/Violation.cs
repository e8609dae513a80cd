namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What is wrong with a history, as the affected client would put it.</summary>
internal enum ViolationKind
{
    /// <summary>One version was shown with two entries.</summary>
    Fork,

    /// <summary>Two requests were told that they wrote the same version, so one of the writes is lost.</summary>
    LostUpdate,

    /// <summary>Two requests that expected one version were both applied.</summary>
    TwoWinners,

    /// <summary>One request wrote two versions.</summary>
    DuplicateApplication,

    /// <summary>An entry that no request would write.</summary>
    NeverWritten,

    /// <summary>An answer that this request cannot have.</summary>
    WrongAnswer,

    /// <summary>A request was told that it wrote nothing, and its entry was shown.</summary>
    RefusedButApplied,

    /// <summary>An entry was shown before its request was sent.</summary>
    FutureRead,

    /// <summary>A client was shown an older version than one that was known before it asked.</summary>
    StaleRead,

    /// <summary>A request wrote a version at or below one that was known before the request was sent.</summary>
    VersionsOutOfOrder,

    /// <summary>A request was applied where its condition did not hold.</summary>
    ConditionIgnored,

    /// <summary>A request was refused although its condition held the whole time.</summary>
    WrongRefusal,

    /// <summary>A version that nobody can have written.</summary>
    MissingWrite,

    /// <summary>A watch left out or repeated a version.</summary>
    WatchGap,

    /// <summary>A history with a hole.</summary>
    HistoryGap,
}

/// <summary>One breach of what the registers promise.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Register">The register.</param>
/// <param name="Sentence">Who was told what, for people.</param>
internal sealed record Violation(ViolationKind Kind, string Register, string Sentence)
{
    public override string ToString() => $"{Kind}: register '{Register}': {Sentence}";
}
