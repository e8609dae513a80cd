namespace Orleans.Paxos.Protocol;

/// <summary>
/// What an acceptor remembers of the names of one bucket that it has forgotten, or is about to forget: it holds for every name that it does
/// not know (docs/protocol.md, "Forgetting"). None of it ever decreases.
/// </summary>
/// <param name="Origin">Where such a register begins.</param>
/// <param name="Round">The highest round that was promised for any of them.</param>
internal readonly record struct Watermark(RegisterOrigin Origin, long Round)
{
    private static readonly Guid LastProposer = new([.. Enumerable.Repeat(byte.MaxValue, 16)]);

    /// <summary>The watermark that new registers begin above once one has ended, before that one may be forgotten.</summary>
    public static Watermark Above(AcceptorRecord ended) => new(new RegisterOrigin(ended.State.Origin.Version, 0), ended.Promised.Round);

    /// <summary>
    /// The watermark that another acceptor, or a backup, knows of a bucket. Names that begin above a version have no initial round, which would not
    /// see it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such watermark.</exception>
    public static Watermark From(BucketWatermark known) => known.Forgotten >= 0 && known.Forgotten <= known.Version && known.Round >= 0
        ? new Watermark(new RegisterOrigin(known.Version, known.Forgotten), known.Version > 0 ? Math.Max(Ballot.Initial(default).Round, known.Round) : known.Round)
        : throw new ArgumentException($"A watermark begins above version {known.Version}, has forgotten {known.Forgotten}, and refuses round {known.Round}.", nameof(known));

    /// <summary>Tells another acceptor, or a backup, what this is.</summary>
    public BucketWatermark Of(int bucket) => new(bucket, Origin.Version, Origin.Forgotten, Round);

    /// <summary>What counts as promised for a name that is not known: no ballot up to the round is ever answered again.</summary>
    public Ballot Promised => Round == 0 ? Ballot.None : new Ballot(Round, LastProposer);

    /// <summary>Whether a ballot is promised by a watermark: no proposer has it.</summary>
    public static bool IsPromisedBy(Ballot ballot) => ballot.Proposer == LastProposer;

    /// <summary>The record of a name that is not known.</summary>
    public AcceptorRecord Blank => this == default
        ? AcceptorRecord.Blank
        : AcceptorRecord.Blank with { Promised = Promised, State = RegisterState.Empty with { Origin = Origin } };

    /// <summary>The watermark for this one's names and another's.</summary>
    public Watermark With(Watermark other) => new(
        new RegisterOrigin(Math.Max(Origin.Version, other.Origin.Version), Math.Max(Origin.Forgotten, other.Origin.Forgotten)),
        Math.Max(Round, other.Round));
}
