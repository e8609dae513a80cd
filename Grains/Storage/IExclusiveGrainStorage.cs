namespace Orleans.Paxos;

/// <summary>A storage that may be owned by one process alone.</summary>
public interface IExclusiveGrainStorage
{
    /// <summary>Whether no other process can write here while this one runs, so that what was read stays current.</summary>
    bool IsExclusivelyOwned { get; }

    /// <summary>The kind of storage, such as "sqlite", for status reports.</summary>
    string Kind { get; }
}
