using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>Options of the SQLite storage provider.</summary>
public sealed class SqliteGrainStorageOptions
{
    /// <summary>The largest value that <see cref="MaximumRecordBytes"/> may have: what one SQLite row can hold, less its key.</summary>
    public const int LargestRecordBytes = 900_000_000;

    /// <summary>
    /// The directory of the database. Required; made when it is missing; a relative path starts at the process's working directory.
    /// One process at a time owns it. Keep it on a local disk: locks and flushes are not to be trusted on network shares.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>
    /// How many bytes one record may have, 1 to 900,000,000, the default. A larger write is refused with an
    /// <see cref="ArgumentException"/> and changes nothing.
    /// </summary>
    public int MaximumRecordBytes { get; set; } = LargestRecordBytes;

    /// <summary>
    /// Serializes the records. By default the <see cref="IGrainStorageSerializer"/> registered under the provider's name, or the
    /// silo's. A <see cref="StoredRecord"/> is stored as it is, whatever is set here.
    /// </summary>
    public IGrainStorageSerializer? GrainStorageSerializer { get; set; }
}
