namespace Orleans.Paxos;

/// <summary>Another process, or another silo of this process, owns the storage directory. Nothing in it was read or changed.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageLockedException")]
public sealed class SqliteStorageLockedException : SqliteStorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="holder">Who holds the lock, as far as it is known.</param>
    public SqliteStorageLockedException(string directory, string holder)
        : base($"The storage directory '{directory}' is in use by {holder}. Two owners of one directory would break what each has " +
            "promised, so nothing in it was read or changed. Stop the other one, or give this silo a directory of its own.")
    {
    }
}
