namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>The moves of acceptors: they take messages that name the set that they have, by the production rules.</summary>
internal sealed class VoterMoves(
    ChangedSets sets, SetChangeRules rules, PlannedMessages messages, AcceptorAnswers answers, Catalogue catalogue, Listing listing, ChosenValue chosen,
    StepList<SetChangeState, SetChangeMove> steps)
{
    public void AddTo(SetChangeState world)
    {
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
            {
                var step = messages.SetOf(world.Plan, proposer);
                if (!Answers(acceptor, world.SetOf(acceptor), step))
                    continue;
                if (world.PhaseOf(proposer) == ProposerPhase.Preparing && world.PromiseOf(acceptor, proposer) == 0)
                    AddPromise(world, acceptor, proposer);
                else if (world.AcceptOf(proposer) != 0)
                    AddAccept(world, acceptor, proposer, step);
            }
        }
    }

    /// <summary>Whether an acceptor answers in the name of a set.</summary>
    /// <param name="acceptor">The acceptor.</param>
    /// <param name="own">The set that it has.</param>
    /// <param name="step">The set that a message names.</param>
    public bool Answers(int acceptor, SetStep own, SetStep step) =>
        sets.NumberOf(step, acceptor) >= 0 && (own == step || (!rules.Seals && sets.Succeeds(own, step)));

    /// <summary>Whether it does, or will when it has taken over the set.</summary>
    public bool MayAnswer(int acceptor, SetStep own, SetStep step) =>
        Answers(acceptor, own, step) || (sets.NumberOf(step, acceptor) >= 0 && sets.Succeeds(step, own));

    private void AddPromise(SetChangeState world, int acceptor, int proposer)
    {
        var (record, promise, violation) = answers.Prepare(world.RecordOf(acceptor), messages.PrepareOf(world.Plan, proposer));
        if (record == 0)
            return;
        steps.Add(new SetChangeMove(SetChangeMoveKind.Promise, world.Plan, acceptor, proposer, promise), world, after =>
        {
            Tell(violation);
            after.RecordOf(acceptor) = record;
            after.PromiseOf(acceptor, proposer) = promise;
        });
    }

    /// <summary>Adds an acceptance. Another delivery of a state that is accepted changes nothing.</summary>
    private void AddAccept(SetChangeState world, int acceptor, int proposer, SetStep step)
    {
        var message = world.AcceptOf(proposer);
        var (record, _, violation) = answers.Accept(world.RecordOf(acceptor), message);
        if (record == 0 || (record == world.RecordOf(acceptor) && violation is null))
            return;
        steps.Add(new SetChangeMove(SetChangeMoveKind.Accept, world.Plan, acceptor, proposer, message), world, after =>
        {
            Tell(violation);
            after.RecordOf(acceptor) = record;
            listing.Note(after, acceptor);
            if (after.PhaseOf(proposer) == ProposerPhase.Accepting)
                Vote(after, acceptor, proposer, step);
        });
    }

    private void Vote(SetChangeState after, int acceptor, int proposer, SetStep step)
    {
        after.VotesOf(acceptor) |= (ushort)(1 << proposer);
        var accept = catalogue.Accepts[after.AcceptOf(proposer)];
        var accepted = 0;
        for (var voter = 0; voter < sets.Names.Length; voter++)
            accepted |= (after.HasVoted(voter, proposer) ? 1 : 0) << voter;
        if (!rules.Chooses(sets.VotersOf(step), accept.Ballot, sets.MaskOf(step, accepted)))
            return;
        chosen.Choose(after, catalogue.States.NumberOf(accept.State));
        after.SetPhase(proposer, ProposerPhase.Chosen);
        after.IsSwept |= proposer == SetChangeState.Sweep;
    }

    private void Tell(InvariantViolationException? violation)
    {
        if (violation is not null)
            steps.Tell(violation.Invariant, $"the production code refuses the step: {violation.Message}");
    }
}
