namespace Orleans.Paxos;

/// <summary>Announces a blank acceptor. It votes once every other acceptor has noted it (invariant I9).</summary>
/// <param name="Set">The acceptor set that it belongs to.</param>
/// <param name="Acceptor">Its name.</param>
/// <param name="Incarnation">The id that the acceptor gave its storage when it found the storage blank.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.IntroduceRequest")]
public sealed record IntroduceRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Acceptor,
    [property: Id(2)] Guid Incarnation);

/// <summary>What the asked acceptor has durably noted about the asking one.</summary>
/// <param name="Noted">The noted incarnation. It differs from the request's when the asking acceptor has lost the storage it once
/// had.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.IntroduceReply")]
public sealed record IntroduceReply(
    [property: Id(0)] Guid Noted);
