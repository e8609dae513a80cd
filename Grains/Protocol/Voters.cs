using System.Numerics;

namespace Orleans.Paxos.Protocol;

/// <summary>One acceptor's answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
/// <param name="Acceptor">The acceptor's number in its set.</param>
/// <param name="Reply">Its answer.</param>
internal readonly record struct Vote<TReply>(int Acceptor, TReply Reply);

/// <summary>
/// Who votes in a set, by number. In a joint set, what is decided takes a majority of the acceptors before the change and one of those after it
/// (Ongaro, "Consensus: Bridging Theory and Practice", 2014, section 4.3).
/// </summary>
/// <param name="Members">The acceptors of the set, a bit for each.</param>
/// <param name="Former">In a joint set, the acceptors before the change; otherwise 0. One whose storage was lost and is replaced has a bit that never votes.</param>
/// <param name="Since">The epoch from which on a majority shows what is chosen.</param>
internal readonly record struct Voters(ulong Members, ulong Former, long Since)
{
    /// <summary>A set that was never changed.</summary>
    public static Voters Of(int acceptors) => new((1UL << acceptors) - 1, Former: 0, Since: 1);

    /// <summary>Whether the set is being changed.</summary>
    public bool IsJoint => Former != 0;

    /// <summary>Whether acceptors are a majority. Any two majorities have an acceptor in common.</summary>
    public bool IsMajority(ulong acceptors) => HasMajority(Members, acceptors) && (!IsJoint || HasMajority(Former, acceptors));

    /// <summary>
    /// Whether acceptors have all that was decided before the set, together: a majority of those before the change while there is one, because those
    /// after it may be blank.
    /// </summary>
    public bool Knows(ulong acceptors) => HasMajority(IsJoint ? Former : Members, acceptors);

    /// <summary>
    /// Whether acceptors that have accepted a state under a ballot choose it. In the initial round, that takes a fast quorum; a joint set has no such
    /// round.
    /// </summary>
    public bool Chooses(Ballot ballot, ulong acceptors) => ballot.IsInitial
        ? !IsJoint && BitOperations.PopCount(Members & acceptors) >= new Quorums(BitOperations.PopCount(Members)).Fast
        : IsMajority(acceptors);

    /// <summary>
    /// Whether acceptors that report a ballot show that its state is chosen. Of a ballot from before the set's acceptors decided, they do not.
    /// </summary>
    public bool ShowChosen(Ballot ballot, ulong acceptors) => (ballot.IsNone || ballot.Epoch >= Since) && Chooses(ballot, acceptors);

    /// <summary>Whether an acceptor counts among those.</summary>
    public bool MayKnow(int acceptor) => ((IsJoint ? Former : Members) & (1UL << acceptor)) != 0;

    /// <summary>The highest number that a majority reaches; null if fewer have one.</summary>
    public long? ReachedByMajority(IEnumerable<Vote<long>> numbers)
    {
        var mask = 0UL;
        foreach (var (acceptor, number) in numbers.OrderByDescending(static each => each.Reply))
        {
            mask |= 1UL << acceptor;
            if (IsMajority(mask))
                return number;
        }

        return null;
    }

    /// <summary>The acceptors of answers.</summary>
    public static ulong MaskOf<TReply>(IReadOnlyList<Vote<TReply>> votes, Func<TReply, bool> isMeant)
    {
        var mask = 0UL;
        for (var index = 0; index < votes.Count; index++)
        {
            if (isMeant(votes[index].Reply))
                mask |= 1UL << votes[index].Acceptor;
        }

        return mask;
    }

    private static bool HasMajority(ulong group, ulong acceptors) =>
        BitOperations.PopCount(group & acceptors) >= new Quorums(BitOperations.PopCount(group)).Majority;
}
