namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>The answer that a client received.</summary>
internal enum Answer
{
    /// <summary>No answer, or an unknown outcome: the operation may take effect at any time, or never.</summary>
    Unknown,

    /// <summary>Nothing happened, and nothing will.</summary>
    Unavailable,

    /// <summary>The change was applied; shows the entry that it wrote.</summary>
    Applied,

    /// <summary>The register is at another version; shows the current entry.</summary>
    VersionMismatch,

    /// <summary>The register already has a value; shows the current entry.</summary>
    AlreadyDecided,

    /// <summary>There is nothing to delete; shows the current entry, if there ever was one.</summary>
    NotFound,

    /// <summary>The register has seen a higher fence, or one of another lock; shows the current entry.</summary>
    Fenced,

    /// <summary>The register's value is no number to add to; shows the current entry.</summary>
    NotACounter,

    /// <summary>The result of a read.</summary>
    Seen,
}
