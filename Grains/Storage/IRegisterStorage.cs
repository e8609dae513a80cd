using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>
/// What storage can do beside <see cref="IGrainStorage"/> to make a register's write one durable write: write its record, and in the
/// same commit put the entries that it replaces into a log and its name into a list. A provider offers it by
/// <see cref="IAcceptorGrainStorage.Registers"/>, from the first record on or never. Without it an acceptor keeps history and names in
/// records of their own.
/// </summary>
public interface IRegisterStorage
{
    /// <summary>
    /// Writes a record as <see cref="IGrainStorage"/> does, ETag included, and with it what is added: all of it or
    /// nothing. When it returns, all is durable; when it throws, all or nothing may be, except after an
    /// <see cref="InconsistentStateException"/>: then nothing is.
    /// </summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose record it is.</param>
    /// <param name="record">The record; gets its new ETag.</param>
    /// <param name="addition">What is written with it.</param>
    Task WriteRegisterAsync(string stateName, GrainId grainId, IGrainState<StoredRecord> record, RegisterAddition addition);

    /// <summary>
    /// The entries that were logged with a record and are within its history, of one moment, in the order of their versions. None when
    /// there is no record.
    /// </summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose record it is.</param>
    /// <param name="firstVersion">Older ones are left out.</param>
    Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion);

    /// <summary>The names of a list from a given one on, that one too if it is there, in the order of their bytes in UTF-8.</summary>
    /// <param name="list">The list; one that no name was ever put into is empty.</param>
    /// <param name="first">Where to begin; empty for the beginning.</param>
    /// <param name="count">How many at most.</param>
    Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count);

    /// <summary>How many names a list holds. May take long, as long as reading them.</summary>
    /// <param name="list">The list.</param>
    Task<long> CountNamesAsync(string list);
}

/// <summary>What is written together with a register's record.</summary>
/// <param name="List">The list that the name goes into: one for each acceptor.</param>
/// <param name="Name">The name to list, without effect where it is listed already; null for none. Valid Unicode.</param>
/// <param name="FirstVersion">Where the record's history begins from now on: what was logged with it before and is older may go.</param>
/// <param name="Entries">What is added to the log, each version once. An entry replaces one of the same record and version.</param>
public sealed record RegisterAddition(string List, string? Name, long FirstVersion, ImmutableArray<ReplacedEntry> Entries);

/// <summary>An entry that a register's record no longer carries.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Bytes">Its bytes. Not copied on their way to storage: leave the array unchanged once it was handed over.</param>
public readonly record struct ReplacedEntry(long Version, byte[] Bytes);
