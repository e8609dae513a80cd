namespace Orleans.Paxos;

/// <summary>The SQLite storage could not do what was asked of it. What it means for the data is in the message.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageException")]
public class SqliteStorageException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, what it means for the data, what to do.</param>
    /// <param name="cause">What SQLite or the operating system said, if anything.</param>
    public SqliteStorageException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
