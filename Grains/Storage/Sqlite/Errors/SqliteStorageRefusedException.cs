namespace Orleans.Paxos;

/// <summary>The database file is not one that this version can serve from. It was left exactly as it is.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.SqliteStorageRefusedException")]
public sealed class SqliteStorageRefusedException : SqliteStorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reason">What is wrong with it, as a clause that follows "it".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="cause">What SQLite or the operating system said, if anything.</param>
    public SqliteStorageRefusedException(string file, string reason, string remedy, Exception? cause = null)
        : base($"The file '{file}' was refused and left as it was: it {reason}. {remedy}", cause)
    {
    }
}
