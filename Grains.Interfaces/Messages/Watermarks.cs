namespace Orleans.Paxos;

/// <summary>What an acceptor remembers of the names of one bucket that it has forgotten, or is told to begin above (docs/protocol.md, "Forgetting").</summary>
/// <param name="Bucket">The bucket: the XXH32 of a name in UTF-8, modulo the number of buckets.</param>
/// <param name="Version">What the versions of a name that it does not know begin above.</param>
/// <param name="Forgotten">Requests that may have written a version up to this one are no longer known; at most <paramref name="Version"/>.</param>
/// <param name="Round">No ballot up to this round is answered for a name that it does not know.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.BucketWatermark")]
public readonly record struct BucketWatermark(
    [property: Id(0)] int Bucket,
    [property: Id(1)] long Version,
    [property: Id(2)] long Forgotten,
    [property: Id(3)] long Round);

/// <summary>Asks an acceptor for the watermarks of neighbouring buckets.</summary>
/// <param name="Set">The acceptor set that the reader knows.</param>
/// <param name="First">The first bucket.</param>
/// <param name="Count">How many buckets, that one among them.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WatermarksRequest")]
public sealed record WatermarksRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] int First,
    [property: Id(2)] int Count);

/// <summary>The watermarks of an acceptor, all of them durable.</summary>
/// <param name="Watermarks">Those of the buckets that were asked for, in their order. A bucket of which nothing was forgotten is not among them.</param>
/// <param name="Buckets">How many buckets there are.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WatermarksReply")]
public sealed record WatermarksReply(
    [property: Id(0)] ImmutableArray<BucketWatermark> Watermarks,
    [property: Id(1)] int Buckets);

/// <summary>
/// Asks an acceptor to raise watermarks to at least these. None of them decreases. A name that the acceptor knows is not affected, nor is one for
/// which it has promised a ballot before. New names begin above once every acceptor of the set has raised them.
/// </summary>
/// <param name="Set">The acceptor set that the sender knows.</param>
/// <param name="Watermarks">At most one for each bucket.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.RaiseRequest")]
public sealed record RaiseRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] ImmutableArray<BucketWatermark> Watermarks);
