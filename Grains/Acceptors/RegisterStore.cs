using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>How an acceptor keeps its registers: each one's record, the history behind it and its name, as the storage allows.</summary>
internal abstract class RegisterStore
{
    /// <summary>The names of the registers that a state was accepted of.</summary>
    public abstract INameList Names { get; }

    /// <summary>The way for a storage: everything in one commit where it can do that, else in records one after another.</summary>
    public static RegisterStore Over(AcceptorStorage storage, PaxosOptions options) => storage.Registers is { } registers
        ? new OneCommitStore(registers, storage, options.HistoryLimits)
        : new SeparateRecordsStore(storage, options.HistoryLimits, options.ReplacedBytesInRecord);

    /// <summary>Replaces a register's record. When it returns, the record, all that it replaces within the history and the name are durable.</summary>
    public abstract Task WriteAsync(string register, RecordCell<AcceptorRecord> cell, AcceptorRecord record);

    /// <summary>All entries that are kept of a register whose record is this, from a version on.</summary>
    public abstract Task<ImmutableArray<RegisterEntry>> ReadHistoryAsync(string register, AcceptorRecord record, long firstVersion);
}
