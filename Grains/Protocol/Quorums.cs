namespace Orleans.Paxos.Protocol;

/// <summary>How many of the acceptors it takes.</summary>
/// <param name="Acceptors">How many acceptors there are.</param>
internal readonly record struct Quorums(int Acceptors)
{
    /// <summary>Any two majorities have an acceptor in common.</summary>
    public int Majority => (Acceptors / 2) + 1;

    /// <summary>
    /// Any two fast quorums and a majority have an acceptor in common (Lamport, "Fast Paxos", 2006, the fast quorum requirement):
    /// of states that were accepted in the same round, a majority shows which one may have been chosen.
    /// </summary>
    public int Fast => Acceptors - ((Majority - 1) / 2);

    /// <summary>How many acceptances under a ballot choose its state.</summary>
    public int ToChoose(Ballot ballot) => ballot.IsInitial ? Fast : Majority;
}
