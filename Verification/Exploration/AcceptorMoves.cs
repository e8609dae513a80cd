namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The moves of an acceptor: it takes a message in flight, by the production rules.</summary>
internal sealed partial class AcceptorMoves(bool forgets, int attempts, SmallWorldRules rules, Catalogue catalogue, ChosenHistory chain, StepList<WorldState, Move> steps)
{
    private readonly AcceptorAnswers _answers = new(rules, catalogue);

    public void AddTo(WorldState world)
    {
        for (var acceptor = 0; acceptor < WorldState.AcceptorCount; acceptor++)
        {
            if (world.Acceptors[acceptor].Pending == 0)
                AddMessages(world, acceptor);
            if (forgets && world.Acceptors[acceptor].Pending == 0)
                AddForget(world, acceptor);
            AddStorage(world, acceptor);
        }
    }

    private void AddMessages(WorldState world, int acceptor)
    {
        for (var attempt = 0; attempt < world.Prepares.Length; attempt++)
        {
            if (world.Prepares[attempt] != 0)
                AddPromise(world, acceptor, attempt);
            if (world.Accepts[attempt] != 0)
                AddAccept(world, acceptor, attempt);
        }

        for (var proposer = 0; proposer < WorldState.ProposerCount; proposer++)
            AddSayCurrent(world, acceptor, proposer);
    }

    /// <summary>Adds a promise. A refused prepare is not a move: it changes nothing, and the proposer may see what its answer shows at any time.</summary>
    private void AddPromise(WorldState world, int acceptor, int attempt)
    {
        var (record, reply, violation) = _answers.Prepare(world.Acceptors[acceptor].Volatile, world.Prepares[attempt]);
        if (record == 0)
            return;
        steps.Add(new Move(MoveKind.Promise, acceptor, reply), world, after =>
        {
            if (IsRefusedAs(violation))
                return;
            Write(after, acceptor, record, rules.PromiseIsStored);
            if (rules.PromiseIsStored == Storing.StepByStep)
                after.Acceptors[acceptor] = after.Acceptors[acceptor] with { Pending = (ushort)(attempt + 1), Reply = reply };
            else
                Tell(after, acceptor, attempt, reply);
        });
    }

    private void AddAccept(WorldState world, int acceptor, int attempt)
    {
        var view = world.Acceptors[acceptor];
        var (record, _, violation) = _answers.Accept(view.Volatile, world.Accepts[attempt]);
        if (record == 0 || (record == view.Volatile && view.VotedIn(attempt)))
            return;
        steps.Add(new Move(MoveKind.Accept, acceptor, world.Accepts[attempt]), world, after =>
        {
            if (IsRefusedAs(violation))
                return;
            Write(after, acceptor, record, rules.AcceptanceIsStored);
            if (rules.AcceptanceIsStored == Storing.StepByStep)
                after.Acceptors[acceptor] = after.Acceptors[acceptor] with { Pending = (ushort)(attempt + 1) };
            else
                Vote(after, acceptor, attempt);
        });
    }

    private bool IsRefusedAs(InvariantViolationException? violation)
    {
        if (violation is not null)
            steps.Tell(violation.Invariant, $"the production code refuses the step: {violation.Message}");
        return violation is not null;
    }

    private void AddSayCurrent(WorldState world, int acceptor, int proposer)
    {
        var (view, waiting) = (world.Acceptors[acceptor], world.Proposers[proposer]);
        if (waiting.Phase != Phase.Confirming || view.Told(proposer) != 0)
            return;
        if (rules.Reports(catalogue.Records[view.Volatile], catalogue.Rounds[waiting.Current].Base.Ballot))
            steps.Add(new Move(MoveKind.SayCurrent, acceptor, waiting.Current), world, after => after.Acceptors[acceptor] = view.WithTold(proposer, 1));
    }

    /// <summary>Delivers a promise to its proposer, which may have given up the attempt.</summary>
    private void Tell(WorldState after, int acceptor, int attempt, ushort reply)
    {
        var proposer = attempt / attempts;
        if (after.Proposers[proposer] is { Phase: Phase.Preparing } waiting && waiting.Attempts - 1 == attempt % attempts)
            after.Acceptors[acceptor] = after.Acceptors[acceptor].WithTold(proposer, reply);
    }

    private void Vote(WorldState after, int acceptor, int attempt)
    {
        var voted = after.Acceptors[acceptor].VotedIn(attempt);
        after.Acceptors[acceptor] = after.Acceptors[acceptor].WithVote(attempt, true);
        if (!voted && after.Acceptors.Count(voter => voter.VotedIn(attempt)) == rules.ToChoose(catalogue.Accepts[after.Accepts[attempt]].Ballot))
            chain.Choose(after, after.Accepts[attempt]);
    }
}
