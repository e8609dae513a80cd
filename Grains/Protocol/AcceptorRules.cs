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
        return (after, new PrepareReply(true, ballot, record.Accepted, record.Accepted.IsNone ? null : record.State));
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
        var wanted = request.WithState && !record.Accepted.IsNone && record.Accepted != request.Known;
        return new ReadReply(record.Promised, record.Accepted, wanted ? record.State : null);
    }

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
