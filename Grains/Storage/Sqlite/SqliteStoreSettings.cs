namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>How a storage directory is worked on.</summary>
internal sealed record SqliteStoreSettings
{
    public static SqliteStoreSettings Default { get; } = new();

    /// <summary>The steps that wait for the disk.</summary>
    public IDiskSteps Disk { get; init; } = DiskSteps.Instance;

    /// <summary>By how many pages the write-ahead log grows before it is copied into the database. The default is 16 MiB.</summary>
    public int PagesBetweenCheckpoints { get; init; } = 4096;
}
