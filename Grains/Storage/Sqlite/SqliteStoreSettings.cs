namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Settings of an open storage directory.</summary>
internal sealed record SqliteStoreSettings
{
    public static SqliteStoreSettings Default { get; } = new();

    /// <summary>The steps that wait for the disk.</summary>
    public IDiskSteps Disk { get; init; } = DiskSteps.Instance;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long to wait before a database whose disk failed is opened again.</summary>
    public TimeSpan PauseBeforeReopening { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>By how many pages the write-ahead log grows before it is copied into the database. The default is 16 MiB.</summary>
    public int PagesBetweenCheckpoints { get; init; } = 4096;
}
