namespace Orleans.Paxos.Protocol;

/// <summary>
/// Computes what an acceptor answers and what it then holds ("Paxos Made Simple", section 2.2; Rystsov, "CASPaxos", section 2). Pure: the
/// caller makes the record durable before it releases the answer (I2).
/// </summary>
internal static class AcceptorRules
{
    /// <summary>Phase 1b: promises a ballot that is above every ballot promised so far.</summary>
    public static (AcceptorRecord Record, PrepareReply Reply) Prepare(AcceptorRecord record, Ballot ballot)
    {
        if (ballot <= record.Promised)
            return (record, new PrepareReply(false, record.Promised, Ballot.None, null));

        var after = record with { Promised = ballot };
        Invariants.PromisesOnlyRise(record, after);
        return (after, new PrepareReply(true, ballot, record.Accepted, record.KnownState));
    }

    /// <summary>
    /// Phase 2b: accepts a state unless a higher ballot was promised, or, in the initial round, unless any ballot was promised. Promises
    /// the proposer's next ballot with it.
    /// </summary>
    public static (AcceptorRecord Record, AcceptReply Reply) Accept(AcceptorRecord record, AcceptRequest request, HistoryLimits limits)
    {
        if (request.Ballot == record.Accepted)
        {
            Invariants.OneStatePerBallot(request.Ballot, record.State, request.State);
            return (record, new AcceptReply(true, record.Promised));
        }

        if (request.Ballot < record.Promised || (request.Ballot.IsInitial && !record.Promised.IsNone))
            return (record, new AcceptReply(false, record.Promised));

        Invariants.WellFormed(request.State);
        var after = record with
        {
            Promised = Ballot.Max(request.Ballot, request.Next),
            Accepted = request.Ballot,
            State = request.State,
            Replaced = Retain(record, request.State, limits),
        };
        Invariants.PromisesOnlyRise(record, after);
        return (after, new AcceptReply(true, after.Promised));
    }

    /// <summary>Returns what was accepted, without a promise.</summary>
    public static ReadReply Read(AcceptorRecord record, ReadRequest request)
    {
        var wanted = record.Accepted.IsNone || (request.WithState && record.Accepted != request.Known);
        return new ReadReply(record.Promised, record.Accepted, wanted ? record.KnownState : null);
    }

    /// <summary>
    /// Whether this acceptor is at the end of a register, or has forgotten it. That it does not know the register is not enough: it may have promised
    /// a ballot above the end before, and told something older with it.
    /// </summary>
    /// <param name="record">What it holds. If that is an end, its bucket's watermark is above it.</param>
    /// <param name="ended">The end that another acceptor has accepted.</param>
    /// <param name="forgotten">The ballot of the end that it has forgotten last.</param>
    public static Cover CoverOf(AcceptorRecord record, EndedRegister ended, Ballot forgotten)
    {
        if (record.Accepted.IsNone)
            return forgotten == ended.Ballot ? Cover.Forgotten : Cover.None;
        if (!record.HasEnded || record.Accepted < ended.Ballot)
            return Cover.None;
        return record.Accepted == ended.Ballot ? Cover.Same : Cover.Later;
    }

    /// <summary>
    /// Whether an acceptor may forget a register whose end it has accepted: if every other one has accepted it under the same ballot, or forgotten
    /// it, which counts as holding it. Then none has promised anything between the end and what it told before, so no proposal from before the
    /// end can be accepted any more.
    /// </summary>
    public static bool MayForget(IEnumerable<Cover> others) => others.All(static cover => cover is Cover.Same or Cover.Forgotten);

    /// <summary>
    /// Forgets a register that has ended, if what is held is still that, and its bucket's watermark is above all that was held. The caller knows
    /// that it may (<see cref="MayForget"/>), and that the watermark is durable.
    /// </summary>
    public static AcceptorRecord Forget(AcceptorRecord record, Watermark bucket, EndedRegister ended)
    {
        var covered = record.Accepted == ended.Ballot && record.HasEnded && bucket.Origin.Forgotten >= ended.Version;
        return covered && bucket.Round >= record.Promised.Round ? bucket.Blank : record;
    }

    /// <summary>
    /// Forgets a promise for a register of which nothing was accepted, if its bucket's watermark, which is durable, promises as much. To all
    /// others this is a higher promise.
    /// </summary>
    public static AcceptorRecord ForgetPromise(AcceptorRecord record, Watermark bucket) =>
        record.Accepted.IsNone && !record.IsUnknown && bucket.Round >= record.Promised.Round ? bucket.Blank : record;

    /// <summary>
    /// Returns the entries to keep beside the new state: those that it no longer carries, that are still within the history, and that
    /// belong to its chain.
    /// </summary>
    private static ImmutableArray<RegisterEntry> Retain(AcceptorRecord record, RegisterState next, HistoryLimits limits)
    {
        var first = limits.FirstVersion(next);
        var carriedFrom = next.Version - next.Entries.Length + 1;
        var retained = ImmutableArray.CreateBuilder<RegisterEntry>(record.Replaced.Length + record.State.Entries.Length);
        foreach (var entries in (ReadOnlySpan<ImmutableArray<RegisterEntry>>)[record.Replaced, record.State.Entries])
        {
            foreach (var entry in entries)
            {
                if (entry.Version >= first && entry.Version < carriedFrom && next.Contains(entry))
                    retained.Add(entry);
            }
        }

        return retained.DrainToImmutable();
    }
}
