namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What a client was told.</summary>
internal enum Answer
{
    /// <summary>No answer, or an unknown outcome: the operation may take effect at any time, or never.</summary>
    Unknown,

    /// <summary>That nothing happened and nothing will.</summary>
    Unavailable,

    /// <summary>That the change was applied; the entry it wrote.</summary>
    Applied,

    /// <summary>The register is at another version; shows the current entry.</summary>
    VersionMismatch,

    /// <summary>That there is a value; the current entry.</summary>
    AlreadyDecided,

    /// <summary>There is nothing to delete; shows the current entry, if there ever was one.</summary>
    NotFound,

    /// <summary>Of a read: what was read.</summary>
    Seen,
}
