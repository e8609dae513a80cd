namespace Orleans.Paxos;

/// <summary>Issues the ballots of one proposer activation, each once and each above the one before it (I1).</summary>
/// <param name="proposer">The activation's own id, never reused.</param>
internal class BallotSource(Guid proposer)
{
    private long _round;

    /// <summary>Issues a ballot above every ballot issued before and above <paramref name="seen"/>.</summary>
    public virtual Ballot Next(Ballot seen)
    {
        _round = Math.Max(_round, seen.Round) + 1;
        return new Ballot(_round, proposer);
    }
}
