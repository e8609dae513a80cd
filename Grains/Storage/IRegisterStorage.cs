using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>
/// Writes a register's record, the entries that it replaces and its name in one commit, so that a register's write is one durable write.
/// A storage provider offers this interface through <see cref="IAcceptorGrainStorage.Registers"/>, either from the first record on or
/// never. Without it, an acceptor keeps history and names in separate records.
/// </summary>
public interface IRegisterStorage
{
    /// <summary>
    /// Writes or removes records with their additions in one commit, with the same ETag check as <see cref="IGrainStorage"/> for each. When the
    /// call returns, everything is durable, except the writes that have a <see cref="RegisterWrite.Refusal"/>, of which nothing was written.
    /// When it throws, either everything or nothing was written. Commits take effect in the order of the calls.
    /// </summary>
    /// <param name="writes">The records, each of them once.</param>
    Task CommitAsync(IReadOnlyList<RegisterWrite> writes);

    /// <summary>
    /// Reads the entries in a record's history as of one moment, in the order of their versions. There are no entries when there is no
    /// record.
    /// </summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain that the record belongs to.</param>
    /// <param name="firstVersion">The first version to read; older entries are left out.</param>
    Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion);

    /// <summary>Reads the names of a list, starting at a given name (inclusive), in the order of their bytes in UTF-8.</summary>
    /// <param name="list">The list. A list to which no name was ever added is empty.</param>
    /// <param name="first">The first name to read; empty for the beginning of the list.</param>
    /// <param name="count">The largest number of names to read.</param>
    Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count);

    /// <summary>Counts the names of a list. This may take as long as reading them.</summary>
    /// <param name="list">The list.</param>
    Task<long> CountNamesAsync(string list);
}

/// <summary>A record that is written or removed in a commit.</summary>
/// <param name="stateName">The state's name.</param>
/// <param name="grainId">The grain that the record belongs to.</param>
/// <param name="record">The record. The commit sets its ETag to the new one, or to null if it is removed.</param>
/// <param name="addition">What is written with it; null for nothing.</param>
/// <param name="removes">Whether the record is removed, with its history.</param>
public sealed class RegisterWrite(
    string stateName, GrainId grainId, IGrainState<StoredRecord> record, RegisterAddition? addition, bool removes = false)
{
    /// <summary>Gets the state's name.</summary>
    public string StateName => stateName;

    /// <summary>Gets the grain that the record belongs to.</summary>
    public GrainId GrainId => grainId;

    /// <summary>Gets the record.</summary>
    public IGrainState<StoredRecord> Record => record;

    /// <summary>Gets what is written with it; null for nothing.</summary>
    public RegisterAddition? Addition => addition;

    /// <summary>Gets a value indicating whether the record is removed, with its history.</summary>
    public bool Removes => removes;

    /// <summary>
    /// Gets or sets why the commit went on without this write: an <see cref="InconsistentStateException"/>, or that the write cannot be
    /// stored. Null when it was written.
    /// </summary>
    public Exception? Refusal { get; set; }
}

/// <summary>What is written together with a register's record.</summary>
/// <param name="Names">Names that enter or leave a list.</param>
/// <param name="FirstVersion">The first version of the record's history from now on. Older entries may be removed.</param>
/// <param name="Entries">The entries to add to the history, at most one for each version. An entry replaces one of the same record and
/// version.</param>
public sealed record RegisterAddition(ImmutableArray<NameChange> Names, long FirstVersion, ImmutableArray<ReplacedEntry> Entries);

/// <summary>A name that enters or leaves a list. It has no effect if the list has the name already, or does not have it.</summary>
/// <param name="List">The list.</param>
/// <param name="Name">The name, valid Unicode.</param>
/// <param name="Leaves">Whether it leaves the list.</param>
public readonly record struct NameChange(string List, string Name, bool Leaves = false);

/// <summary>An entry that a register's record no longer carries.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Bytes">Its bytes. The array is not copied; do not change it afterwards.</param>
public readonly record struct ReplacedEntry(long Version, byte[] Bytes);
