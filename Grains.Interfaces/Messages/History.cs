namespace Orleans.Paxos;

/// <summary>Asks an acceptor for the entries that it holds of a register.</summary>
/// <param name="Set">The acceptor set that the reader knows.</param>
/// <param name="Register">The register's name.</param>
/// <param name="FirstVersion">The lowest version wanted.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.HistoryRequest")]
public sealed record HistoryRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] string Register,
    [property: Id(2)] long FirstVersion);

/// <summary>The entries that one acceptor holds, all of them durable.</summary>
/// <param name="Entries">The entries, in any order and with gaps. An entry may never have been chosen. It was chosen if its version and
/// request id are in the window of a chosen state.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.HistoryReply")]
public sealed record HistoryReply(
    [property: Id(0)] ImmutableArray<RegisterEntry> Entries);
