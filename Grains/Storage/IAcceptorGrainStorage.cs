namespace Orleans.Paxos;

/// <summary>
/// What a storage provider may say of itself beside <see cref="Orleans.Storage.IGrainStorage"/>. An acceptor may answer a read from
/// memory only while no other process can have changed its records.
/// </summary>
public interface IAcceptorGrainStorage
{
    /// <summary>Whether this process, and no other, can write to this storage at this moment (a lock is held).</summary>
    bool IsExclusivelyOwned { get; }

    /// <summary>The kind of storage, for people: one lower-case word.</summary>
    string Kind { get; }

    /// <summary>Why the storage is not expected to answer now, for people, without secrets; null while it is.</summary>
    string? Problem => null;

    /// <summary>How a register is written together with its history and its name; null where storage has records only.</summary>
    IRegisterStorage? Registers => null;
}
