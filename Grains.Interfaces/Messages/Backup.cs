namespace Orleans.Paxos;

/// <summary>A register with its history.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Entries">Its newest entries without gaps, oldest first; the last one is a tombstone if the register was deleted.</param>
/// <param name="Forgotten">
/// Requests that may have written a version up to this one are not among the entries, and are no longer known. It is below the first entry, by more than one
/// if the register began above what was forgotten, or was restored.
/// </param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.RegisterHistory")]
public sealed record RegisterHistory(
    [property: Id(0)] string Name,
    [property: Id(1)] ImmutableArray<RegisterEntry> Entries,
    [property: Id(2)] long Forgotten);

/// <summary>A page of all registers, deleted ones among them, with their histories.</summary>
/// <remarks>Each register is as new as everything acknowledged before the call. The page is not one snapshot.</remarks>
/// <param name="Registers">In the order of the names' bytes in UTF-8.</param>
/// <param name="Ended">
/// What new names of a bucket begin above, because registers of it have ended and may not be in the watermarks yet. A bucket may be there more than
/// once.
/// </param>
/// <param name="Next">The name after which the next page begins; null if this is the last one.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.BackupPage")]
public sealed record BackupPage(
    [property: Id(0)] ImmutableArray<RegisterHistory> Registers,
    [property: Id(1)] ImmutableArray<BucketWatermark> Ended,
    [property: Id(2)] string? Next);
