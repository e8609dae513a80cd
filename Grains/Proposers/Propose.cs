namespace Orleans.Paxos.Proposers;

/// <summary>
/// A ballot that a majority has already promised, so that the next write can skip phase 1. It is used for one proposal only (invariant
/// I1).
/// </summary>
/// <param name="Ballot">The ballot.</param>
/// <param name="Base">The chosen state that a proposal under it extends.</param>
internal sealed record PreparedRound(Ballot Ballot, ChosenState Base);

/// <summary>Changes that run through one proposal.</summary>
/// <param name="Register">The register's name.</param>
/// <param name="Changes">The changes, applied in this order.</param>
/// <param name="Prepared">The round to use first; null to start with phase 1.</param>
/// <param name="Above">A ballot that all of the proposal's are above.</param>
/// <param name="Ends">Whether a register that is deleted is to end, at every acceptor.</param>
/// <param name="Reaccepts">Whether every acceptor is to accept the state, even if it is known to be chosen.</param>
/// <param name="CarriesHistory">Whether the state is to have all entries of the history.</param>
internal sealed record ProposeRequest(
    string Register,
    ImmutableArray<ChangeRequest> Changes,
    PreparedRound? Prepared,
    Ballot Above = default,
    bool Ends = false,
    bool Reaccepts = false,
    bool CarriesHistory = false)
{
    /// <summary>A proposal without changes, after which a state is known to be chosen.</summary>
    public static ProposeRequest Repair(string register, Ballot above = default) => new(register, [], Prepared: null, above);

    /// <summary>A proposal without changes that sends the state to every acceptor, even if a majority has it.</summary>
    public static ProposeRequest Reaccept(string register, Ballot above) => new(register, [], Prepared: null, above, Reaccepts: true);

    /// <summary>A proposal without changes that sends the state with all of its history to every acceptor.</summary>
    public static ProposeRequest CarryOver(string register) => new(register, [], Prepared: null, Reaccepts: true, CarriesHistory: true);

    /// <summary>A proposal after which a register that is deleted has ended. Every acceptor is sent the end, even if a majority has it.</summary>
    public static ProposeRequest End(string register) => new(register, [], Prepared: null, Ends: true);
}

/// <summary>How a proposal ended.</summary>
internal enum ProposeStatus
{
    /// <summary>Every change has its outcome.</summary>
    Decided = 0,

    /// <summary>No majority answered, and no state was sent to any acceptor: nothing was or will be written.</summary>
    Unavailable = 1,

    /// <summary>
    /// A state was sent, and no majority is known to have accepted it. The changes may or may not have happened, or may still happen.
    /// </summary>
    Unknown = 2,
}

/// <summary>How a <see cref="ProposeRequest"/> ended.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Outcomes">One for each change, in their order, when <paramref name="Status"/> is <see cref="ProposeStatus.Decided"/>;
/// otherwise empty.</param>
/// <param name="Chosen">The chosen state on which the outcomes were judged; null when none is known.</param>
/// <param name="Next">A round for the next proposal; null when there is none.</param>
/// <param name="Answered">The acceptors that answered in the last phase.</param>
internal sealed record ProposeResult(
    ProposeStatus Status,
    ImmutableArray<ChangeOutcome> Outcomes,
    ChosenState? Chosen,
    PreparedRound? Next,
    ImmutableArray<string> Answered);
