namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>What lies in a storage directory.</summary>
internal enum SqliteFileState
{
    /// <summary>No database.</summary>
    Absent,

    /// <summary>A database of ours that was closed in order.</summary>
    Whole,

    /// <summary>A database of ours whose last process died: the file alone may be between two states, only with its log is it whole.</summary>
    NeedsWriteAheadLog,
}
