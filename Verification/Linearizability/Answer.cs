namespace Orleans.Paxos.Verification.Linearizability;

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
