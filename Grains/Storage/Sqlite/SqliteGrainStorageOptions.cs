using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>Options of the SQLite storage provider.</summary>
public sealed class SqliteGrainStorageOptions
{
    /// <summary>The upper limit of <see cref="MaximumRecordBytes"/>: what one SQLite row can hold, without its key.</summary>
    public const int LargestRecordBytes = 900_000_000;

    /// <summary>
    /// Gets or sets the directory of the database. It is required, and it is created if it is missing. A relative path is resolved
    /// against the process's working directory. One process at a time owns the directory. Keep it on a local disk: locks and flushes are
    /// not reliable on network shares.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>
    /// Gets or sets the size limit of a record, in bytes. A larger write fails with an <see cref="ArgumentException"/> and changes
    /// nothing.
    /// </summary>
    /// <value>1 to 900,000,000. The default value is 900,000,000.</value>
    public int MaximumRecordBytes { get; set; } = LargestRecordBytes;

    /// <summary>
    /// Gets or sets the serializer of the records. A <see cref="StoredRecord"/> is always stored as it is, whatever the serializer.
    /// </summary>
    /// <value>
    /// The default is the <see cref="IGrainStorageSerializer"/> registered under the provider's name, or else that of the silo.
    /// </value>
    public IGrainStorageSerializer? GrainStorageSerializer { get; set; }
}
