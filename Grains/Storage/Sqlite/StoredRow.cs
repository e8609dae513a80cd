namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>A record as it was read.</summary>
/// <param name="Version">What its ETag stands for.</param>
/// <param name="Data">Its bytes.</param>
internal readonly record struct StoredRow(RecordVersion Version, byte[] Data);
