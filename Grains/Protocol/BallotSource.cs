namespace Orleans.Paxos.Protocol;

/// <summary>Issues the ballots of one proposer activation. Each is issued once and is above the one before it (I1).</summary>
/// <param name="newId">Creates an id that was never used.</param>
internal class BallotSource(Func<Guid> newId)
{
    private readonly Guid _proposer = newId();
    private long _round;

    /// <summary>
    /// Issues a ballot above every ballot issued before, above <paramref name="seen"/> and above the initial round of an epoch.
    /// </summary>
    public virtual Ballot Next(Ballot seen, long epoch = 1)
    {
        _round = Math.Max(Math.Max(_round, seen.Round), Ballot.Initial(default, epoch).Round) + 1;
        return new Ballot(_round, _proposer);
    }

    /// <summary>
    /// Issues a ballot of the initial round with its own id, because the same proposer may use that round for many registers.
    /// </summary>
    public virtual Ballot Initial(long epoch = 1) => Ballot.Initial(newId(), epoch);
}
