namespace Orleans.Paxos;

/// <summary>A blank acceptor makes itself known; it votes when every other acceptor has noted it (invariant I9).</summary>
/// <param name="Set">The acceptor set that it belongs to.</param>
/// <param name="Acceptor">Its name.</param>
/// <param name="Incarnation">The id that it gave its storage when it found it blank.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.IntroduceRequest")]
public sealed record IntroduceRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Acceptor,
    [property: Id(2)] Guid Incarnation);

/// <summary>What the asked acceptor has durably noted of the one that asks.</summary>
/// <param name="Noted">The incarnation noted; another than the request's when the asker has lost the storage it once had.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.IntroduceReply")]
public sealed record IntroduceReply(
    [property: Id(0)] Guid Noted);
