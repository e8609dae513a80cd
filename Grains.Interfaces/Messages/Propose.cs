namespace Orleans.Paxos;

/// <summary>A state that was chosen, and the ballot it was chosen under.</summary>
/// <param name="Ballot">The ballot; <see cref="Ballot.None"/> for a register never written.</param>
/// <param name="State">The state.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ChosenState")]
public sealed record ChosenState(
    [property: Id(0)] Ballot Ballot,
    [property: Id(1)] RegisterState State)
{
    /// <summary>The chosen state of a register that was never written.</summary>
    public static ChosenState Empty { get; } = new(Ballot.None, RegisterState.Empty);
}

/// <summary>
/// A ballot that a majority has already promised, so that the next write can skip phase 1. It is used for one proposal only (invariant
/// I1).
/// </summary>
/// <param name="Ballot">The ballot.</param>
/// <param name="Base">The chosen state that a proposal under it extends.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.PreparedRound")]
public sealed record PreparedRound(
    [property: Id(0)] Ballot Ballot,
    [property: Id(1)] ChosenState Base);

/// <summary>Asks a proposer to run changes through one proposal.</summary>
/// <param name="Register">The register's name.</param>
/// <param name="Changes">The changes, applied in this order.</param>
/// <param name="Prepared">The round to use first; null to start with phase 1.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ProposeRequest")]
public sealed record ProposeRequest(
    [property: Id(0)] string Register,
    [property: Id(1)] ImmutableArray<ChangeRequest> Changes,
    [property: Id(2)] PreparedRound? Prepared);

/// <summary>How a proposal ended.</summary>
public enum ProposeStatus
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

/// <summary>The answer to a <see cref="ProposeRequest"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Outcomes">One for each change, in their order, when <paramref name="Status"/> is <see cref="ProposeStatus.Decided"/>;
/// otherwise empty.</param>
/// <param name="Chosen">The chosen state on which the outcomes were judged; null when none is known.</param>
/// <param name="Next">A round for the next proposal; null when there is none.</param>
/// <param name="Answered">The acceptors that answered in the last phase.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ProposeResult")]
public sealed record ProposeResult(
    [property: Id(0)] ProposeStatus Status,
    [property: Id(1)] ImmutableArray<ChangeOutcome> Outcomes,
    [property: Id(2)] ChosenState? Chosen,
    [property: Id(3)] PreparedRound? Next,
    [property: Id(4)] ImmutableArray<string> Answered);
