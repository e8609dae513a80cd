using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>
/// Writes a register's record, the entries that it replaces and its name in one commit, so that a register's write is one durable
/// write. A storage provider offers it through <see cref="IAcceptorGrainStorage.Registers"/>, from the first record on or never.
/// Without it, an acceptor keeps history and names in separate records.
/// </summary>
public interface IRegisterStorage
{
    /// <summary>
    /// Writes a record and its addition, all or nothing, with the same ETag check as <see cref="IGrainStorage"/>. When the call returns,
    /// all of it is durable. When it throws an <see cref="InconsistentStateException"/>, nothing was written; after any other exception
    /// all or nothing may have been written.
    /// </summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose record it is.</param>
    /// <param name="record">The record; gets its new ETag.</param>
    /// <param name="addition">What is written with it.</param>
    Task WriteRegisterAsync(string stateName, GrainId grainId, IGrainState<StoredRecord> record, RegisterAddition addition);

    /// <summary>
    /// Reads the entries in a record's history, as of one moment, in the order of their versions. There are none when there is no
    /// record.
    /// </summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose record it is.</param>
    /// <param name="firstVersion">Older ones are left out.</param>
    Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion);

    /// <summary>Reads the names of a list, starting at a given name (included), in the order of their bytes in UTF-8.</summary>
    /// <param name="list">The list; one that no name was ever put into is empty.</param>
    /// <param name="first">Where to begin; empty for the beginning.</param>
    /// <param name="count">How many at most.</param>
    Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count);

    /// <summary>Counts the names of a list. This may take as long as reading them.</summary>
    /// <param name="list">The list.</param>
    Task<long> CountNamesAsync(string list);
}

/// <summary>What is written together with a register's record.</summary>
/// <param name="List">The list that the name goes into: one for each acceptor.</param>
/// <param name="Name">The name to list, without effect where it is listed already; null for none. Valid Unicode.</param>
/// <param name="FirstVersion">Where the record's history begins from now on. Older entries may be removed.</param>
/// <param name="Entries">The entries to add to the history, each version once. An entry replaces one of the same record and version.</param>
public sealed record RegisterAddition(string List, string? Name, long FirstVersion, ImmutableArray<ReplacedEntry> Entries);

/// <summary>An entry that a register's record no longer carries.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Bytes">Its bytes. The array is not copied; do not change it afterwards.</param>
public readonly record struct ReplacedEntry(long Version, byte[] Bytes);
