namespace Orleans.Paxos;

/// <summary>
/// The number of a proposal: totally ordered, and used by one proposer for one state only (invariant I1).
/// </summary>
/// <param name="Round">Orders ballots first; 0 in <see cref="None"/>, 1 in the initial round, more in others.</param>
/// <param name="Proposer">The id of the activation that issued the ballot, in the initial round one of its own; orders ballots of the same round.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Ballot")]
public readonly record struct Ballot(
    [property: Id(0)] long Round,
    [property: Id(1)] Guid Proposer) : IComparable<Ballot>
{
    private const long InitialRound = 1;

    /// <summary>Below every ballot that was ever issued: "nothing promised", "nothing accepted".</summary>
    public static Ballot None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Round == 0;

    /// <summary>
    /// Whether it is of the initial round, in which a register's first state may be proposed without a prepare. Several proposers may do
    /// so, and an acceptor accepts the state that it gets first, so a majority does not choose one: it takes a fast quorum.
    /// </summary>
    public bool IsInitial => Round == InitialRound;

    /// <summary>A ballot of the initial round.</summary>
    /// <param name="id">An id that no other ballot has.</param>
    /// <returns>The ballot.</returns>
    public static Ballot Initial(Guid id) => new(InitialRound, id);

    /// <inheritdoc/>
    public int CompareTo(Ballot other)
    {
        var byRound = Round.CompareTo(other.Round);
        return byRound != 0 ? byRound : Proposer.CompareTo(other.Proposer);
    }

    /// <summary>The higher of two ballots.</summary>
    /// <param name="left">One ballot.</param>
    /// <param name="right">The other ballot.</param>
    /// <returns>The one that orders last.</returns>
    public static Ballot Max(Ballot left, Ballot right) => left >= right ? left : right;

    /// <summary>Whether <paramref name="left"/> orders before <paramref name="right"/>.</summary>
    public static bool operator <(Ballot left, Ballot right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> orders after <paramref name="right"/>.</summary>
    public static bool operator >(Ballot left, Ballot right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not order after <paramref name="right"/>.</summary>
    public static bool operator <=(Ballot left, Ballot right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not order before <paramref name="right"/>.</summary>
    public static bool operator >=(Ballot left, Ballot right) => left.CompareTo(right) >= 0;

    /// <summary>The round and the first eight digits of the proposer's id, for logs.</summary>
    /// <returns>For example <c>7.3f2a91c0</c>, or <c>none</c>.</returns>
    public override string ToString() => IsNone ? "none" : $"{Round}.{Proposer.ToString("N")[..8]}";
}
