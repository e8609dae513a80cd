namespace Orleans.Paxos.Verification.Chaos.Changes;

/// <summary>The kinds of changes of the acceptor set.</summary>
internal enum SetChangeKind
{
    /// <summary>A spare silo comes.</summary>
    Add,

    /// <summary>An acceptor leaves.</summary>
    Remove,

    /// <summary>A spare silo takes an acceptor's place.</summary>
    Swap,

    /// <summary>An acceptor that lost its disk comes back under its name.</summary>
    Replace,
}

/// <summary>A change of the acceptor set.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="From">When it was asked for first, relative to the start of the run.</param>
/// <param name="Until">When it was over.</param>
/// <param name="IsCancelled">Whether it was cancelled.</param>
/// <param name="Calls">How many calls it took.</param>
/// <param name="Refused">How many of them were refused.</param>
/// <param name="Unanswered">How many of them were not answered, or with an unknown outcome.</param>
internal sealed record SetChange(SetChangeKind Kind, TimeSpan From, TimeSpan Until, bool IsCancelled, int Calls, int Refused, int Unanswered);
