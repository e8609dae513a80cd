namespace Orleans.Paxos;

/// <summary>
/// Describes a storage provider to an acceptor, in addition to <see cref="Orleans.Storage.IGrainStorage"/>. An acceptor may answer a read
/// from memory only while no other process can have changed its records.
/// </summary>
public interface IAcceptorGrainStorage
{
    /// <summary>Gets a value indicating whether only this process can write to the storage now, because it holds a lock.</summary>
    bool IsExclusivelyOwned { get; }

    /// <summary>Gets the kind of storage, for status reports: one lower-case word.</summary>
    string Kind { get; }

    /// <summary>Gets the reason why the storage is not expected to answer now, without secrets; null while it is expected to.</summary>
    string? Problem => null;

    /// <summary>Gets the storage that writes a register, its history and its name in one commit; null when it writes one record at a time.</summary>
    IRegisterStorage? Registers => null;
}
