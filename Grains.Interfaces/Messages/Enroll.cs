namespace Orleans.Paxos;

/// <summary>Asks an acceptor that has never voted to stand ready for a set. It keeps a note of it, durably, and never founds a set afterwards.</summary>
/// <param name="Set">The set that it is to come into.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.EnrollRequest")]
public sealed record EnrollRequest([property: Id(0)] AcceptorSet Set);

/// <summary>Whether an acceptor stands ready.</summary>
/// <param name="Incarnation">The id of its storage; empty if it cannot be added.</param>
/// <param name="Refusal">Why it cannot be added and what to do; empty if it can.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.EnrollReply")]
public sealed record EnrollReply(
    [property: Id(0)] Guid Incarnation,
    [property: Id(1)] string Refusal = "");
