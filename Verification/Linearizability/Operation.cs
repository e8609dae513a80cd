namespace Orleans.Paxos.Verification;

/// <summary>What a client asked for.</summary>
internal enum OperationKind
{
    Set,
    CompareAndSet,
    Decide,
    Delete,
    Read,
    StaleRead,
    History,
    Watch,
}

/// <summary>What a client was told.</summary>
internal enum Answer
{
    /// <summary>Nothing, or that it is not known what happened: the operation may take effect at any time, or never.</summary>
    Unknown,

    /// <summary>That nothing happened and nothing will.</summary>
    Unavailable,

    /// <summary>That the change was applied; the entry it wrote.</summary>
    Applied,

    /// <summary>That the register is at another version; the current entry.</summary>
    VersionMismatch,

    /// <summary>That there is a value; the current entry.</summary>
    AlreadyDecided,

    /// <summary>That there is nothing to delete; the current entry, if there ever was one.</summary>
    NotFound,

    /// <summary>Of a read: what was read.</summary>
    Seen,
}

/// <summary>An entry as a client was shown it.</summary>
internal readonly record struct Observed(long Version, Guid RequestId, bool Deleted, string Value);

/// <summary>One call of one client on one register, and what it was told. A request that is sent again is another operation with the same request id.</summary>
internal sealed record Operation
{
    public required int Client { get; init; }

    public required string Register { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>Of a change.</summary>
    public Guid RequestId { get; init; }

    /// <summary>What a change would write.</summary>
    public string Value { get; init; } = "";

    /// <summary>The version that a change expects, if it does.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Of a watch: the version delivered last before this batch.</summary>
    public long After { get; init; }

    /// <summary>When it was called: a number that grows over all clients. One operation precedes another when it returned before that was invoked.</summary>
    public required long Invoked { get; init; }

    /// <summary>When it returned; null when it never did.</summary>
    public long? Returned { get; init; }

    public Answer Answer { get; init; }

    /// <summary>What it was shown: one entry or none, or for a history and a watch as many as there were, oldest first.</summary>
    public ImmutableArray<Observed> Entries { get; init; } = [];

    /// <summary>Of a watch: the last of the versions it was told had left the history; 0 when none had.</summary>
    public long CompactedThrough { get; init; }
}
