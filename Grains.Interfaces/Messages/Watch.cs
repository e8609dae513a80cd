namespace Orleans.Paxos;

/// <summary>The versions that follow the one a watcher has seen.</summary>
/// <param name="Entries">The versions, without holes, oldest first; empty when there is nothing new yet.</param>
/// <param name="CompactedThrough">
/// The last version of those that are no longer in the history and were missed; 0 when none was missed. If no entries come with it, the
/// register was forgotten after it was deleted: it has no value.
/// </param>
/// <param name="Notice">What the watcher is told beside the versions.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WatchBatch")]
public sealed record WatchBatch(
    [property: Id(0)] ImmutableArray<RegisterEntry> Entries,
    [property: Id(1)] long CompactedThrough,
    [property: Id(2)] WatchNotice Notice = WatchNotice.None);

/// <summary>What a watcher is told beside versions.</summary>
public enum WatchNotice
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// The register does not have the version that the watcher saw last, so that was in another cluster, such as one that was set up anew
    /// since. What was seen before no longer counts. The versions begin again, as for a watch after version 0.
    /// </summary>
    Reset = 1,

    /// <summary>No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.</summary>
    Unavailable = 2,

    /// <summary>A majority answers again, and there was nothing new.</summary>
    Available = 3,
}
