using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>The acceptors of one set as a silo sees them, each with a number. A round of messages counts its answers in one set.</summary>
internal sealed class PeerSet
{
    private readonly CancellationTokenSource _replaced = new();
    private int _turn;

    /// <summary>Creates the acceptors of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="peers">The silo's acceptors.</param>
    public PeerSet(AcceptorSet set, AcceptorPeers peers)
    {
        (Set, Id, Clock, GraceForOthers) = (set, set.Id, peers.Clock, peers.GraceForOthers);
        All = [.. set.Names.Select(peers.PeerOf)];
        Voters = VotersOf(set);
    }

    public AcceptorSet Set { get; }

    public AcceptorSetId Id { get; }

    /// <inheritdoc cref="AcceptorPeers.Clock"/>
    public TimeProvider Clock { get; }

    /// <inheritdoc cref="AcceptorPeers.GraceForOthers"/>
    public TimeSpan GraceForOthers { get; }

    public Voters Voters { get; }

    /// <summary>The acceptors, each at its number.</summary>
    public IReadOnlyList<AcceptorPeer> All { get; }

    /// <summary>Is cancelled when the silo knows of a later set.</summary>
    public CancellationToken Replaced => _replaced.Token;

    /// <summary>Notes that the silo knows of a later set.</summary>
    public void Replace() => _replaced.Cancel();

    /// <summary>Whether enough acceptors answer to make a majority likely.</summary>
    public bool MajorityAnswers => Voters.IsMajority(MaskOf(static peer => peer.IsAnswering));

    /// <summary>Whether every acceptor answered when it was last asked.</summary>
    public bool AllAnswer => All.All(static peer => peer.HasAnswered);

    /// <summary>The number of an acceptor.</summary>
    public int NumberOf(AcceptorPeer acceptor)
    {
        for (var number = 0; number < All.Count; number++)
        {
            if (All[number] == acceptor)
                return number;
        }

        throw new ArgumentException($"Acceptor '{acceptor.Name}' is not in the set [{Set}].", nameof(acceptor));
    }

    /// <summary>The acceptor of a name; null if it is not in the set.</summary>
    public AcceptorPeer? Find(string name) => All.FirstOrDefault(peer => peer.Name == name);

    /// <summary>Returns the acceptors to ask now: all except those that are skipped, but at least a majority.</summary>
    public IReadOnlyList<AcceptorPeer> ToAsk()
    {
        var asked = All;
        for (var index = 0; index < All.Count; index++)
        {
            if (All[index].IsSkipped)
                asked = [.. asked.Where(peer => peer != All[index])];
        }

        if (asked.Count == All.Count || !Voters.IsMajority(MaskOf(asked.Contains)))
            return All;
        foreach (var skipped in All.Except(asked))
            skipped.Miss();
        return asked;
    }

    /// <summary>Returns one of the asked acceptors, a different one each time.</summary>
    public AcceptorPeer InTurn(IReadOnlyList<AcceptorPeer> asked) =>
        asked[(int)((uint)Interlocked.Increment(ref _turn) % (uint)asked.Count)];

    /// <summary>The numbers of acceptors, a bit for each.</summary>
    public ulong MaskOf(Func<AcceptorPeer, bool> isMeant)
    {
        var mask = 0UL;
        for (var number = 0; number < All.Count; number++)
        {
            if (isMeant(All[number]))
                mask |= 1UL << number;
        }

        return mask;
    }

    /// <summary>
    /// The acceptors by the numbers of their names. One that is replaced under its name is not reached any more: it has a number after all others, at
    /// which nobody answers.
    /// </summary>
    public static Voters VotersOf(AcceptorSet set)
    {
        var names = set.Names;
        var replaced = 0;
        var members = set.Members.Aggregate(0UL, (mask, member) => mask | (1UL << names.IndexOf(member.Name)));
        var former = set.Former.Aggregate(0UL, (mask, member) => mask | (1UL << (set.MemberOf(member.Name) == member ? names.IndexOf(member.Name) : names.Length + replaced++)));
        return new Voters(members, former, set.Since);
    }
}
