namespace Orleans.Paxos;

/// <summary>Whether an acceptor votes.</summary>
public enum AcceptorStanding
{
    /// <summary>The acceptor votes.</summary>
    Voting = 0,

    /// <summary>
    /// The acceptor does not vote yet: its storage was blank, and not every other acceptor has noted it; or it was added, and takes over what the
    /// others have forgotten.
    /// </summary>
    Joining = 1,

    /// <summary>
    /// The acceptor has lost its storage and does not vote: the storage is blank, and another acceptor knows the acceptor from before. It can be
    /// replaced by itself.
    /// </summary>
    StorageLost = 2,

    /// <summary>The acceptor does not vote: its storage belongs to another acceptor, set or epoch.</summary>
    ForeignStorage = 3,

    /// <summary>The acceptor did not answer.</summary>
    Unreachable = 4,

    /// <summary>The acceptor's storage does not answer. The acceptor votes again as soon as the storage answers.</summary>
    StorageUnavailable = 5,

    /// <summary>The acceptor does not vote: it is in no set, and can be added to one.</summary>
    Learner = 6,

    /// <summary>The acceptor does not vote any more: it was removed from the set. Its storage can be wiped once the change is over.</summary>
    Retired = 7,
}

/// <summary>The words for <see cref="AcceptorStanding"/>.</summary>
public static class AcceptorStandingWords
{
    /// <summary>Returns the word for a standing in JSON and in the output of commands.</summary>
    /// <param name="standing">The standing.</param>
    /// <returns>Lower-case words with hyphens between them, such as <c>storage-lost</c>.</returns>
    public static string ToWord(this AcceptorStanding standing) => standing switch
    {
        AcceptorStanding.Voting => "voting",
        AcceptorStanding.Joining => "joining",
        AcceptorStanding.StorageLost => "storage-lost",
        AcceptorStanding.ForeignStorage => "foreign-storage",
        AcceptorStanding.StorageUnavailable => "storage-unavailable",
        AcceptorStanding.Learner => "learner",
        AcceptorStanding.Retired => "retired",
        _ => "unreachable",
    };
}

/// <summary>The status of one acceptor, as it reports it.</summary>
/// <param name="Acceptor">Its name.</param>
/// <param name="Standing">Whether it votes.</param>
/// <param name="Detail">Why it does not vote and what to do; empty when it votes.</param>
/// <param name="Silo">The name of the silo that it runs on; empty when it did not answer.</param>
/// <param name="Storage">The kind of its storage; empty when it did not answer.</param>
/// <param name="Registers">How many registers it has accepted a state of, and not forgotten.</param>
/// <param name="Forgetting">What it forgot; null when it did not answer.</param>
/// <param name="CatchUp">What it may have missed; null when it did not answer.</param>
/// <param name="Epoch">The epoch of the set that it has; 0 when it did not answer.</param>
/// <param name="Incarnation">The id that it gave its storage; empty when it did not answer, or has not read it.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorStatus")]
public sealed record AcceptorStatus(
    [property: Id(0)] string Acceptor,
    [property: Id(1)] AcceptorStanding Standing,
    [property: Id(2)] string Detail,
    [property: Id(3)] string Silo,
    [property: Id(4)] string Storage,
    [property: Id(5)] long Registers,
    [property: Id(6)] ForgettingStatus? Forgetting = null,
    [property: Id(7)] CatchUpStatus? CatchUp = null,
    [property: Id(8)] long Epoch = 0,
    [property: Id(9)] Guid Incarnation = default);

/// <summary>How an acceptor that was away, or slow, catches up on what it has missed.</summary>
/// <param name="Since">Since when it may have missed writes; null if it holds everything.</param>
/// <param name="Looked">How many registers it has compared with the others in its last look, or in the one that is under way.</param>
/// <param name="Behind">How many of these it has still to take in.</param>
/// <param name="Brought">How many it has taken in since its silo started.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.CatchUpStatus")]
public sealed record CatchUpStatus(
    [property: Id(0)] DateTimeOffset? Since,
    [property: Id(1)] long Looked,
    [property: Id(2)] long Behind,
    [property: Id(3)] long Brought);

/// <summary>How an acceptor forgets deleted registers.</summary>
/// <param name="Forgotten">How many it has forgotten since it started.</param>
/// <param name="WaitsFor">What keeps it from forgetting, and since when; empty when nothing does.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ForgettingStatus")]
public sealed record ForgettingStatus(
    [property: Id(0)] long Forgotten,
    [property: Id(1)] string WaitsFor);

/// <summary>The acceptor set and the status of each acceptor.</summary>
/// <param name="Epoch">The set's epoch.</param>
/// <param name="Majority">How many acceptors make a majority.</param>
/// <param name="Acceptors">One for each acceptor of the set, in the order of their names.</param>
/// <param name="Silo">The name of the silo that was asked.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ClusterStatus")]
public sealed record ClusterStatus(
    [property: Id(0)] long Epoch,
    [property: Id(1)] int Majority,
    [property: Id(2)] ImmutableArray<AcceptorStatus> Acceptors,
    [property: Id(3)] string Silo);
