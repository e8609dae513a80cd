namespace Orleans.Paxos;

/// <summary>
/// The number of a proposal: totally ordered, and used by one proposer for one state only (invariant I1).
/// </summary>
/// <param name="Round">Orders ballots first; 0 in <see cref="None"/>, 1 or more in a ballot that was issued.</param>
/// <param name="Proposer">The id of the activation that issued the ballot; orders ballots of the same round.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Ballot")]
public readonly record struct Ballot(
    [property: Id(0)] long Round,
    [property: Id(1)] Guid Proposer) : IComparable<Ballot>
{
    /// <summary>Below every ballot that was ever issued: "nothing promised", "nothing accepted".</summary>
    public static Ballot None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Round == 0;

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
