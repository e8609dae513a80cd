using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Marks a database as open for as long as it is whole only with its write-ahead log, so that the file alone never passes for one that
/// was closed in order.
/// </summary>
/// <param name="writer">The connection that writes.</param>
/// <param name="path">The database.</param>
internal sealed class OpenMark(SqliteConnection writer, string path)
{
    /// <summary>Sets the mark. When this returns, the mark is durable, and so is the log that it asks for.</summary>
    /// <param name="hasLog">Whether the log holds commits already.</param>
    public void Set(bool hasLog)
    {
        if (!hasLog)
            Write(HeaderVersion.Closed); // With its first commit the log gets its generation.
        Renew();
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        CopyLog();
    }

    /// <summary>Names the log's present generation. The next checkpoint takes the mark into the database, before the log can start again.</summary>
    public void Renew() => Write(HeaderVersion.Open(WriteAheadLog.GenerationOf(path)));

    /// <summary>Takes the mark away. When this returns, the database is durable and whole without its log.</summary>
    public void Clear()
    {
        Write(HeaderVersion.Closed);
        CopyLog();
    }

    private void Write(HeaderVersion version) => writer.Execute($"PRAGMA user_version = {version.Value}");

    private void CopyLog()
    {
        if (writer.Query("PRAGMA wal_checkpoint(FULL)") is not 0L)
            throw new SqliteException("Another program is reading the database; end it.", raw.SQLITE_BUSY);
    }
}
