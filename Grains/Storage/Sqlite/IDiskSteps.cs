namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The steps of the storage that wait for the disk and can fail with it.</summary>
internal interface IDiskSteps
{
    /// <summary>Makes durable what the write-ahead log holds when the directory is opened.</summary>
    void Recover(Action makeDurable);

    /// <summary>Makes the open transaction durable.</summary>
    void Commit(Action commit);

    /// <summary>Copies the write-ahead log into the database while the writer works.</summary>
    void Checkpoint(Action copy);

    /// <summary>Reads the segments that a record's tail names, after the tail, in one transaction.</summary>
    void ReadSegments(Action read);
}

/// <summary>Runs the steps without any addition.</summary>
internal sealed class DiskSteps : IDiskSteps
{
    public static DiskSteps Instance { get; } = new();

    public void Recover(Action makeDurable) => makeDurable();

    public void Commit(Action commit) => commit();

    public void Checkpoint(Action copy) => copy();

    public void ReadSegments(Action read) => read();
}
