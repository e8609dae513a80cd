namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The kinds of violations, from the view of the affected client.</summary>
internal enum ViolationKind
{
    /// <summary>One version was shown with two different entries.</summary>
    Fork,

    /// <summary>Two requests were told that they wrote the same version, so one of the writes is lost.</summary>
    LostUpdate,

    /// <summary>Two requests that expected the same version were both applied.</summary>
    TwoWinners,

    /// <summary>One request wrote two versions.</summary>
    DuplicateApplication,

    /// <summary>An entry that no request would write was shown.</summary>
    NeverWritten,

    /// <summary>An answer that is not possible for the request.</summary>
    WrongAnswer,

    /// <summary>A request was told that it wrote nothing, but its entry was shown.</summary>
    RefusedButApplied,

    /// <summary>An entry was shown before its request was sent.</summary>
    FutureRead,

    /// <summary>A client saw an older version than one that was known before it asked.</summary>
    StaleRead,

    /// <summary>A request wrote a version at or below one that was known before the request was sent.</summary>
    VersionsOutOfOrder,

    /// <summary>A request was applied although its condition did not hold.</summary>
    ConditionIgnored,

    /// <summary>An entry has another guard than its request makes of the entry before it.</summary>
    WrongGuard,

    /// <summary>An addition left another sum than that of the number before it and the number added.</summary>
    WrongSum,

    /// <summary>A request was refused although its condition held the whole time.</summary>
    WrongRefusal,

    /// <summary>No request can have written a version.</summary>
    MissingWrite,

    /// <summary>A watch skipped or repeated a version.</summary>
    WatchGap,

    /// <summary>A history has a gap.</summary>
    HistoryGap,
}

/// <summary>A violation of the guarantees of the registers.</summary>
/// <param name="Kind">The kind of violation.</param>
/// <param name="Register">The register.</param>
/// <param name="Sentence">Which client got which answer, for people.</param>
internal sealed record Violation(ViolationKind Kind, string Register, string Sentence)
{
    public override string ToString() => $"{Kind}: register '{Register}': {Sentence}";
}
