namespace Orleans.Paxos;

/// <summary>The SQLite storage could not do what was requested. The message says what this means for the data.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageException")]
public class SqliteStorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, what it means for the data, what to do.</param>
    /// <param name="cause">What SQLite or the operating system said, if anything.</param>
    public SqliteStorageException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>Another process, or another silo of this process, owns the storage directory. Nothing in it was read or changed.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageLockedException")]
public sealed class SqliteStorageLockedException : SqliteStorageException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="holder">Who holds the lock, as far as it is known.</param>
    public SqliteStorageLockedException(string directory, string holder)
        : base($"The storage directory '{directory}' is in use by {holder}. Two owners of one directory would break what each has " +
            "promised, so nothing in it was read or changed. Stop the other one, or give this silo a directory of its own.")
    {
    }
}

/// <summary>This version cannot use the database file. The file was left unchanged.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageRefusedException")]
public sealed class SqliteStorageRefusedException : SqliteStorageException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reason">What is wrong with it, as a clause that follows "it".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="cause">What SQLite or the operating system said, if anything.</param>
    public SqliteStorageRefusedException(string file, string reason, string remedy, Exception? cause = null)
        : base($"The file '{file}' was refused and not changed: it {reason}. {remedy}", cause)
    {
    }
}

/// <summary>
/// The storage has stopped because the disk failed it; it is opened again by itself until that works. A write that meets this exception may
/// or may not be on disk; the message says which. Everything acknowledged before is as durable as the disk itself.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageStoppedException")]
public sealed class SqliteStorageStoppedException : SqliteStorageException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, what it means for the data, what to do.</param>
    /// <param name="cause">The failure that stopped the storage.</param>
    public SqliteStorageStoppedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
