namespace Orleans.Paxos;

/// <summary>
/// What is new below a prefix. Where a watch goes on at another silo, or after a while, versions may come that the watcher has seen. It drops
/// those that are not above the last one of their register, as <c>SeenVersions</c> of the client library does.
/// </summary>
/// <param name="Events">The changes; of each register in the order of its versions. Empty when nothing came in time.</param>
/// <param name="Cursor">Where to go on. Opaque text.</param>
/// <param name="Begins">
/// Whether the watch begins: the current entries of all registers below the prefix follow, in this batch and the next ones up to one that is
/// <paramref name="Listed"/>, and a register that is not among them has no value. It is also the answer to a cursor from which nothing can
/// be continued without a gap.
/// </param>
/// <param name="Listed">Whether the last of the current entries are in this batch. After it, there are changes.</param>
/// <param name="Notice">Whether a majority of acceptors answers, when that has changed.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PrefixBatch")]
public sealed record PrefixBatch(
    [property: Id(0)] ImmutableArray<PrefixEvent> Events,
    [property: Id(1)] string Cursor,
    [property: Id(2)] bool Begins = false,
    [property: Id(3)] bool Listed = false,
    [property: Id(4)] WatchNotice Notice = WatchNotice.None);

/// <summary>New versions of one register.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Versions">The versions.</param>
[Immutable, Alias("Orleans.Paxos.PrefixEvent")]
public sealed record PrefixEvent(string Name, WatchBatch Versions);
