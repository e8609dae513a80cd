namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Settings of an open storage directory.</summary>
internal sealed record SqliteStoreSettings
{
    public static SqliteStoreSettings Default { get; } = new();

    /// <summary>The steps that wait for the disk.</summary>
    public IDiskSteps Disk { get; init; } = DiskSteps.Instance;

    /// <summary>How many pages the write-ahead log grows before it is copied into the database. The default is 16 MiB.</summary>
    public int PagesBetweenCheckpoints { get; init; } = 4096;
}
