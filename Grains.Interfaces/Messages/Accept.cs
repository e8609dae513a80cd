namespace Orleans.Paxos;

/// <summary>Phase 2: asks an acceptor to accept a state under a ballot, unless it has promised a higher one.</summary>
/// <param name="Set">The acceptor set in which the proposer counts majorities.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Ballot">The ballot of the proposal.</param>
/// <param name="State">The proposed state, the only one ever proposed under this ballot (invariant I1).</param>
/// <param name="Next">The proposer's next ballot, which is promised in the same durable write so that the next proposal needs no prepare;
/// <see cref="Ballot.None"/> for none.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptRequest")]
public sealed record AcceptRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Register,
    [property: Id(2)] Ballot Ballot,
    [property: Id(3)] RegisterState State,
    [property: Id(4)] Ballot Next);

/// <summary>The answer to an accept. It is sent only after the accepted state is durable (invariant I2).</summary>
/// <param name="Accepted">Whether the state was accepted.</param>
/// <param name="Promised">The highest ballot promised by this acceptor.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptReply")]
public sealed record AcceptReply(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] Ballot Promised);
