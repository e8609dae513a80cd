namespace Orleans.Paxos;

/// <summary>Asks an acceptor what it has accepted, without a durable write.</summary>
/// <param name="Set">The acceptor set in which the reader counts majorities.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Known">The ballot whose state the reader already has; the answer leaves out that state.</param>
/// <param name="WithState">Whether the state is wanted at all.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ReadRequest")]
public sealed record ReadRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Register,
    [property: Id(2)] Ballot Known,
    [property: Id(3)] bool WithState);

/// <summary>What an acceptor has accepted, all of it durable.</summary>
/// <param name="Promised">The highest ballot promised.</param>
/// <param name="Accepted">The highest ballot accepted; <see cref="Ballot.None"/> when there is none.</param>
/// <param name="State">The state accepted under it; null when there is none, or when the reader already has it or does not want
/// it.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ReadReply")]
public sealed record ReadReply(
    [property: Id(0)] Ballot Promised,
    [property: Id(1)] Ballot Accepted,
    [property: Id(2)] RegisterState? State);
