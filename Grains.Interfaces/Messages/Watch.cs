namespace Orleans.Paxos;

/// <summary>The versions that follow the one a watcher has seen.</summary>
/// <param name="Entries">The versions, without gaps, oldest first; empty when there is nothing new yet.</param>
/// <param name="CompactedThrough">The last of the versions that the watcher missed because they left the history; 0 when none was
/// missed.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WatchBatch")]
public sealed record WatchBatch(
    [property: Id(0)] ImmutableArray<RegisterEntry> Entries,
    [property: Id(1)] long CompactedThrough);
