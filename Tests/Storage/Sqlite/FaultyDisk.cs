using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>A disk that a test makes fail, wait, or run a check.</summary>
internal sealed class FaultyDisk : IDiskSteps
{
    public Action<Action> OnRecover { get; set; } = makeDurable => makeDurable();

    public Action<Action> OnCommit { get; set; } = commit => commit();

    public Action<Action> OnCheckpoint { get; set; } = copy => copy();

    public Action<Action> OnReadSegments { get; set; } = read => read();

    public void Recover(Action makeDurable) => OnRecover(makeDurable);

    public void Commit(Action commit) => OnCommit(commit);

    public void Checkpoint(Action copy) => OnCheckpoint(copy);

    public void ReadSegments(Action read) => OnReadSegments(read);
}
