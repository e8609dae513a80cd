namespace Orleans.Paxos.Protocol;

/// <summary>What an acceptor holds for one register.</summary>
/// <param name="Promised">The highest promised ballot. It never decreases, and is at least <paramref name="Accepted"/> (I3).</param>
/// <param name="Accepted">The highest accepted ballot.</param>
/// <param name="State">The state accepted under it.</param>
/// <param name="Replaced">Entries that left the state, are still within the history and are not in a chunk, oldest first.</param>
/// <param name="Chunks">References to the chunks with the older of these entries, oldest first.</param>
internal sealed record AcceptorRecord(
    Ballot Promised,
    Ballot Accepted,
    RegisterState State,
    ImmutableArray<RegisterEntry> Replaced,
    ImmutableArray<HistoryChunk> Chunks)
{
    /// <summary>What to tell of the state; null when there is nothing to tell.</summary>
    public RegisterState? KnownState => Accepted.IsNone && State.Origin == default ? null : State;

    /// <summary>Whether this stands for a register that is not known: nothing was ever accepted or promised for it but by a watermark.</summary>
    public bool IsUnknown => Accepted.IsNone && (Promised.IsNone || Watermark.IsPromisedBy(Promised));

    /// <summary>Whether the register has ended, and is to be forgotten.</summary>
    public bool HasEnded => !Accepted.IsNone && State.Newest is null;

    public static AcceptorRecord Blank { get; } = new(Ballot.None, Ballot.None, RegisterState.Empty, [], []);
}

/// <summary>A chunk of replaced entries: a record that is written once, separately from the acceptor's record.</summary>
/// <param name="Id">Identifies the chunk's record.</param>
/// <param name="FirstVersion">The lowest version in it.</param>
/// <param name="LastVersion">The highest version in it.</param>
internal readonly record struct HistoryChunk(Guid Id, long FirstVersion, long LastVersion);
