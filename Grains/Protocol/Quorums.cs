namespace Orleans.Paxos.Protocol;

/// <summary>The sizes of the quorums among a number of acceptors (<see cref="Voters"/> tells who has to be among them).</summary>
/// <param name="Acceptors">The number of acceptors.</param>
internal readonly record struct Quorums(int Acceptors)
{
    /// <summary>The size of a majority. Any two majorities have an acceptor in common.</summary>
    public int Majority => (Acceptors / 2) + 1;

    /// <summary>
    /// The size of a fast quorum. Any two fast quorums and a majority have an acceptor in common (Lamport, "Fast Paxos", 2006, the fast
    /// quorum requirement), so a majority shows which of the states that were accepted in the same round may have been chosen.
    /// </summary>
    public int Fast => Acceptors - ((Majority - 1) / 2);

    /// <summary>Returns how many acceptances under a ballot choose its state.</summary>
    public int ToChoose(Ballot ballot) => ballot.IsInitial ? Fast : Majority;
}
