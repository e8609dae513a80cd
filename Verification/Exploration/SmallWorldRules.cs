using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Specifies when an acceptor stores the record that results from a message.</summary>
internal enum Storing
{
    /// <summary>Before it answers. Only this order keeps I2.</summary>
    BeforeTheAnswer,

    /// <summary>
    /// Step, persist and release are separate moves, with a possible crash after each. The acceptor takes no other message
    /// in between.
    /// </summary>
    StepByStep,

    /// <summary>Some time after it answered, unless it crashes first.</summary>
    AfterTheAnswer,

    /// <summary>Not at all, until a later message is stored.</summary>
    Never,
}

/// <summary>
/// The rules by which a small world moves. They call the production rules instead of imitating them. A negative control
/// overrides one of them.
/// </summary>
internal class SmallWorldRules
{
    private static readonly AcceptorSet Acceptors = new(["a1", "a2", "a3"]);
    private static readonly Quorums Quorums = new(Acceptors.Names.Length);

    // The history holds one entry, because histories are not explored: every part of a record matters to some answer.
    private static readonly HistoryLimits Limits = new(Entries: 1, Bytes: int.MaxValue);

    /// <summary>The number of acceptors in a majority.</summary>
    public virtual int Majority => Acceptors.Majority;

    /// <summary>The number of acceptors that choose a state under a ballot.</summary>
    public virtual int ToChoose(Ballot ballot) => ballot.IsInitial ? Quorums.Fast : Majority;

    public virtual Storing PromiseIsStored => Storing.BeforeTheAnswer;

    public virtual Storing AcceptanceIsStored => Storing.BeforeTheAnswer;

    /// <summary>Whether a proposer may restart and keep its id. In production it gets a new id.</summary>
    public virtual bool ProposersRestart => false;

    public (AcceptorRecord Record, PrepareReply Reply) Prepare(AcceptorRecord record, PrepareRequest request) =>
        AcceptorRules.Prepare(record, request.Ballot);

    public virtual (AcceptorRecord Record, AcceptReply Reply) Accept(AcceptorRecord record, AcceptRequest request) =>
        AcceptorRules.Accept(record, request, Limits);

    public bool Reports(AcceptorRecord record, Ballot ballot) =>
        AcceptorRules.Read(record, new ReadRequest(Acceptors.Id, Register, ballot, WithState: false)).Accepted == ballot;

    public virtual Promises Highest(IReadOnlyCollection<PrepareReply> granted) => ProposerRules.Highest(granted.Numbered(), Voters.Of(Acceptors.Names.Length));

    public Judgement Judge(RegisterState basis, bool basisChosen, ImmutableArray<ChangeRequest> requests) =>
        ChangeRules.Judge(basis, basisChosen, requests, Limits);

    /// <summary>
    /// Whether a ballot that an acceptor refuses stays refused when the register is forgotten. A control that lets it pass must say so: what is
    /// refused for ever counts as lost.
    /// </summary>
    public virtual bool PromisesOutlive(Ballot refused) => true;

    /// <summary>The end that a record holds; null when it holds none.</summary>
    public static EndedRegister? EndIn(AcceptorRecord record) =>
        record.HasEnded ? new EndedRegister(Register, record.Accepted, record.State.Origin.Version) : null;

    /// <summary>There is one name, so an acceptor that counts as having forgotten it has done so.</summary>
    public static Cover CoverOf(AcceptorRecord record, EndedRegister ended)
    {
        var hasForgotten = record.Promised >= ended.Ballot && record.State.Origin.Forgotten >= ended.Version;
        return AcceptorRules.CoverOf(record, ended, hasForgotten ? ended.Ballot : Ballot.None);
    }

    public virtual bool MayForget(IReadOnlyCollection<Cover> others) => AcceptorRules.MayForget(others);

    public virtual AcceptorRecord Forget(AcceptorRecord record, Watermark bucket, EndedRegister ended) => AcceptorRules.Forget(record, bucket, ended);

    public PrepareRequest PrepareRequest(Ballot ballot) => new(Acceptors.Id, Register, ballot);

    public AcceptRequest AcceptRequest(Ballot ballot, RegisterState state, Ballot next) => new(Acceptors.Id, Register, ballot, state, next);

    /// <summary>Gets the next ballot of a proposer.</summary>
    /// <param name="proposer">The proposer's id.</param>
    /// <param name="round">The round of the last ballot that it issued; 0 when it issued none.</param>
    /// <param name="seen">The ballot that the new ballot must exceed.</param>
    public Ballot NextBallot(Guid proposer, long round, Ballot seen)
    {
        var ballots = NewBallots(proposer);
        if (round > 0)
            ballots.Next(new Ballot(round - 1, proposer));
        return ballots.Next(seen);
    }

    protected virtual BallotSource NewBallots(Guid proposer) => new(() => proposer);

    private const string Register = "r";
}
