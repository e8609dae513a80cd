using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>
/// Maps states with the same future to a single one. It drops what no move reads any more, and puts acceptors in order that are in the same sets.
/// </summary>
internal sealed class SetChangeForm(
    ChangedSets sets, SetChangeRules rules, PlannedMessages messages, VoterMoves voters, Catalogue catalogue)
{
    private readonly ValuesLeft _values = new(messages, catalogue);
    private readonly ushort _blank = catalogue.Records.NumberOf(AcceptorRecord.Blank);

    public void Reduce(SetChangeState world)
    {
        if (world.Plan == 0)
            return;
        for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
            ReduceProposer(world, proposer);
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
            ReduceAcceptor(world, acceptor);
        if (_values.AreOne(world, sets.Names.Length))
            world.Clear();
        Order(world);
    }

    private void ReduceProposer(SetChangeState world, int proposer)
    {
        switch (world.PhaseOf(proposer))
        {
            case ProposerPhase.Preparing:
                ReducePrepare(world, proposer, messages.SetOf(world.Plan, proposer));
                break;
            case ProposerPhase.Accepting or ProposerPhase.Chosen:
                ReduceAccept(world, proposer, messages.SetOf(world.Plan, proposer));
                break;
        }
    }

    private void ReducePrepare(SetChangeState world, int proposer, SetStep step)
    {
        var ballot = catalogue.Prepares[messages.PrepareOf(world.Plan, proposer)].Ballot;
        var promising = 0;
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            if (world.PromiseOf(acceptor, proposer) != 0 || (MayAnswer(world, acceptor, step) && MayPromise(world, acceptor, ballot)))
                promising |= 1 << acceptor;
        }

        if (!sets.IsMajority(step, promising))
            End(world, proposer);
    }

    private void ReduceAccept(SetChangeState world, int proposer, SetStep step)
    {
        var ballot = catalogue.Accepts[world.AcceptOf(proposer)].Ballot;
        var (accepting, accepted) = (0, 0);
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            accepting |= (MayAnswer(world, acceptor, step) && MayAccept(world, acceptor, ballot) ? 1 : 0) << acceptor;
            accepted |= (world.HasVoted(acceptor, proposer) ? 1 : 0) << acceptor;
        }

        if (accepting == 0)
            End(world, proposer);
        else if (!rules.Chooses(sets.VotersOf(step), ballot, sets.MaskOf(step, accepting | accepted)))
            world.SetPhase(proposer, ProposerPhase.Chosen); // as if it were: its votes count no more
        if (world.PhaseOf(proposer) == ProposerPhase.Accepting)
            return;
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
            world.VotesOf(acceptor) &= (ushort)~(1 << proposer);
    }

    private void End(SetChangeState world, int proposer)
    {
        world.SetPhase(proposer, ProposerPhase.Gone);
        world.AcceptOf(proposer) = 0;
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
            world.PromiseOf(acceptor, proposer) = 0;
    }

    /// <summary>Drops lists that nobody waits for, the record of an acceptor that no proposer can reach, and a promise that refuses nobody more.</summary>
    private void ReduceAcceptor(SetChangeState world, int acceptor)
    {
        if (world.PhaseOf(SetChangeState.Sweep) != ProposerPhase.Listing)
            world.List(acceptor, Listed.No);
        var record = catalogue.Records[world.RecordOf(acceptor)];
        var (isReached, isReachedInitially, highest) = (false, false, Ballot.None);
        for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
        {
            if (world.PhaseOf(proposer) == ProposerPhase.Gone || !MayAnswer(world, acceptor, messages.SetOf(world.Plan, proposer)))
                continue;
            isReached = true;
            var ballot = messages.BallotOf(world.Plan, proposer);
            isReachedInitially |= ballot.IsInitial;
            if (ballot <= record.Promised && !ballot.IsInitial)
                highest = Ballot.Max(highest, ballot);
        }

        if (!isReached)
            world.RecordOf(acceptor) = _blank;
        else if (record.Promised > record.Accepted && highest <= record.Accepted && !(isReachedInitially && record.Accepted.IsNone))
            world.RecordOf(acceptor) = catalogue.Records.NumberOf(record with { Promised = record.Accepted });
    }

    private bool MayPromise(SetChangeState world, int acceptor, Ballot ballot) =>
        catalogue.Records[world.RecordOf(acceptor)].Promised < ballot || MayBeWiped(world, acceptor);

    private bool MayAccept(SetChangeState world, int acceptor, Ballot ballot)
    {
        var record = catalogue.Records[world.RecordOf(acceptor)];
        return (ballot != record.Accepted && ballot >= record.Promised && !(ballot.IsInitial && !record.Promised.IsNone)) || MayBeWiped(world, acceptor);
    }

    private bool MayAnswer(SetChangeState world, int acceptor, SetStep step) => voters.MayAnswer(acceptor, world.SetOf(acceptor), step);

    private bool MayBeWiped(SetChangeState world, int acceptor) =>
        (rules.WipedVotes || rules.WipedIn == SetStep.Joint) && !world.IsWiped && sets.Leaves(acceptor);

    private void Order(SetChangeState world)
    {
        for (var first = 0; first < sets.Names.Length;)
        {
            var last = first;
            while (last + 1 < sets.Names.Length && sets.AreAlike(first, last + 1))
                last++;
            world.Sort(first, last);
            first = last + 1;
        }
    }
}
