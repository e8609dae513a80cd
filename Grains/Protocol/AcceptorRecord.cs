namespace Orleans.Paxos.Protocol;

/// <summary>What an acceptor holds of one register.</summary>
/// <param name="Promised">The highest ballot promised; never decreases, and is at least <paramref name="Accepted"/> (I3).</param>
/// <param name="Accepted">The highest ballot accepted.</param>
/// <param name="State">The state accepted under it.</param>
/// <param name="Replaced">Entries that left the state and are still within the history, oldest first, as far as they are not in a chunk.</param>
/// <param name="Chunks">Where the older ones of them are, oldest first.</param>
internal sealed record AcceptorRecord(
    Ballot Promised,
    Ballot Accepted,
    RegisterState State,
    ImmutableArray<RegisterEntry> Replaced,
    ImmutableArray<HistoryChunk> Chunks)
{
    public static AcceptorRecord Blank { get; } = new(Ballot.None, Ballot.None, RegisterState.Empty, [], []);
}

/// <summary>A record of replaced entries, written once and apart from the acceptor's record.</summary>
/// <param name="Id">Names the record.</param>
/// <param name="FirstVersion">The lowest version in it.</param>
/// <param name="LastVersion">The highest version in it.</param>
internal readonly record struct HistoryChunk(Guid Id, long FirstVersion, long LastVersion);
