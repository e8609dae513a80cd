namespace Orleans.Paxos;

/// <summary>Phase 1: promise never to answer a ballot below this one again, and report what was accepted.</summary>
/// <param name="Set">The acceptor set that the proposer counts majorities of.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Ballot">The ballot to promise.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PrepareRequest")]
public sealed record PrepareRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Register,
    [property: Id(2)] Ballot Ballot);

/// <summary>The answer to a prepare; it leaves only after the promise is durable (invariant I2).</summary>
/// <param name="Granted">Whether the ballot was promised.</param>
/// <param name="Promised">The highest ballot promised by this acceptor, that of the request when it was granted.</param>
/// <param name="Accepted">The highest ballot accepted, <see cref="Ballot.None"/> when there is none or the prepare was not granted.</param>
/// <param name="State">The state accepted under it; null when there is none or the prepare was not granted.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PrepareReply")]
public sealed record PrepareReply(
    [property: Id(0)] bool Granted,
    [property: Id(1)] Ballot Promised,
    [property: Id(2)] Ballot Accepted,
    [property: Id(3)] RegisterState? State);
