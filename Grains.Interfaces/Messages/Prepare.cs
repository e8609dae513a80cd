namespace Orleans.Paxos;

/// <summary>Phase 1: asks an acceptor to promise never to answer a lower ballot again, and to report what it has accepted.</summary>
/// <param name="Set">The acceptor set in which the proposer counts majorities.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Ballot">The ballot to promise.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PrepareRequest")]
public sealed record PrepareRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Register,
    [property: Id(2)] Ballot Ballot);

/// <summary>The answer to a prepare. It is sent only after the promise is durable (invariant I2).</summary>
/// <param name="Granted">Whether the ballot was promised.</param>
/// <param name="Promised">The highest ballot promised by this acceptor, which is the request's ballot when it was granted.</param>
/// <param name="Accepted">The highest ballot accepted; <see cref="Ballot.None"/> when there is none or the prepare was not
/// granted.</param>
/// <param name="State">The state accepted under it; null when there is none or the prepare was not granted.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PrepareReply")]
public sealed record PrepareReply(
    [property: Id(0)] bool Granted,
    [property: Id(1)] Ballot Promised,
    [property: Id(2)] Ballot Accepted,
    [property: Id(3)] RegisterState? State);
