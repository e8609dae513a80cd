namespace Orleans.Paxos;

/// <summary>
/// The storage has stopped because the disk failed it; it works again only in a new process. A write that meets this exception may or
/// may not be on disk; the message says which. Everything acknowledged before is as durable as the disk itself.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageStoppedException")]
public sealed class SqliteStorageStoppedException : SqliteStorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, what it means for the data, what to do.</param>
    /// <param name="cause">The failure that stopped the storage.</param>
    public SqliteStorageStoppedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
