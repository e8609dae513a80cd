namespace Orleans.Paxos;

/// <summary>
/// The number of a proposal. Ballots are totally ordered, and one proposer uses each ballot for one state only (invariant I1).
/// </summary>
/// <param name="Round">Orders ballots first. It is 0 in <see cref="None"/>. Each epoch of the acceptor set has 2^44 rounds, all of them above those of
/// the epochs before; the first is its initial round, which is below all of these.</param>
/// <param name="Proposer">The id of the activation that issued the ballot; a ballot of the initial round has an id of its own. Orders
/// ballots of the same round.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Ballot")]
public readonly record struct Ballot(
    [property: Id(0)] long Round,
    [property: Id(1)] Guid Proposer) : IComparable<Ballot>
{
    private const int BitsOfRound = 44;
    private const long InitialRound = 1;

    /// <summary>A ballot below every ballot that was ever issued. It stands for "nothing promised" and "nothing accepted".</summary>
    public static Ballot None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Round == 0;

    /// <summary>
    /// Whether this is a ballot of the initial round, in which a register's first state may be proposed without a prepare. Several
    /// proposers may do so, and each acceptor accepts the first state that it receives. A majority is therefore not enough to choose a
    /// state: that takes a fast quorum.
    /// </summary>
    public bool IsInitial => Round - FirstOf(Epoch) == InitialRound;

    /// <summary>The epoch of the acceptor set in which the ballot was issued.</summary>
    public long Epoch => (Round >> BitsOfRound) + 1;

    /// <summary>A ballot of the initial round.</summary>
    /// <param name="id">An id that no other ballot has.</param>
    /// <param name="epoch">The epoch of the acceptor set.</param>
    /// <returns>The ballot.</returns>
    public static Ballot Initial(Guid id, long epoch = 1) => new(FirstOf(epoch) + InitialRound, id);

    /// <summary>
    /// Compares two ballots. Those of initial rounds, of whichever epoch, are below all others: what is accepted there was not prepared, so it must not
    /// stand above anything that was chosen.
    /// </summary>
    /// <inheritdoc/>
    public int CompareTo(Ballot other)
    {
        if (IsInitial != other.IsInitial && !IsNone && !other.IsNone)
            return IsInitial ? -1 : 1;
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
    /// <returns>For example <c>7.3f2a91c0</c>, <c>3:7.3f2a91c0</c> in the third epoch, or <c>none</c>.</returns>
    public override string ToString() => IsNone ? "none" : $"{(Epoch == 1 ? "" : $"{Epoch}:")}{Round - FirstOf(Epoch)}.{Proposer.ToString("N")[..8]}";

    private static long FirstOf(long epoch) => (epoch - 1) << BitsOfRound;
}
