namespace Orleans.Paxos;

/// <summary>Asks an acceptor for a page of the names for which it has accepted a state.</summary>
/// <param name="Set">The acceptor set in which the reader counts majorities.</param>
/// <param name="Prefix">What the names start with; empty for all.</param>
/// <param name="After">The page contains names after this one, by their bytes in UTF-8; empty for all.</param>
/// <param name="Limit">The largest number of names in the page.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ListRequest")]
public sealed record ListRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Prefix,
    [property: Id(2)] string After,
    [property: Id(3)] int Limit);

/// <summary>A page of one acceptor's names.</summary>
/// <param name="Names">The names, in the order of their bytes in UTF-8.</param>
/// <param name="More">Whether more names follow the last one.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ListReply")]
public sealed record ListReply(
    [property: Id(0)] ImmutableArray<ListedName> Names,
    [property: Id(1)] bool More);

/// <summary>One acceptor's view of one name.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Accepted">The highest ballot it has accepted for that register.</param>
/// <param name="Exists">Whether the state accepted under it has a value.</param>
/// <param name="ValueBytes">The size of that value, in bytes; 0 when there is none.</param>
/// <param name="Version">The version of that state.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ListedName")]
public readonly record struct ListedName(
    [property: Id(0)] string Name,
    [property: Id(1)] Ballot Accepted,
    [property: Id(2)] bool Exists,
    [property: Id(3)] int ValueBytes,
    [property: Id(4)] long Version);

/// <summary>A register that has a value, with its newest entry.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Entry">Its newest entry; never a tombstone.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.NamedEntry")]
public sealed record NamedEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] RegisterEntry Entry);

/// <summary>A page of the registers that have a value, each with its newest entry.</summary>
/// <remarks>
/// Each entry is as new as everything acknowledged before the call, as if it had been read by itself. The page is not one snapshot: a
/// register that is written meanwhile may show its old entry beside another one's new entry, whatever the order of their writes.
/// </remarks>
/// <param name="Entries">In the order of the names' bytes in UTF-8: as many as were asked for, or fewer if their values are large.</param>
/// <param name="More">Whether more registers follow: ask again after the last name.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.EntryPage")]
public sealed record EntryPage(
    [property: Id(0)] ImmutableArray<NamedEntry> Entries,
    [property: Id(1)] bool More)
{
    /// <summary>The most bytes of values in a page: 1 MiB. A page has one entry at least, whatever the size of its value.</summary>
    public const int MaxValueBytes = 1024 * 1024;
}

/// <summary>A page of the names of all registers that have a value.</summary>
/// <param name="Names">The names, in the order of their bytes in UTF-8.</param>
/// <param name="More">Whether more names follow. If so, ask again after the last one.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.NamePage")]
public sealed record NamePage(
    [property: Id(0)] ImmutableArray<string> Names,
    [property: Id(1)] bool More);
