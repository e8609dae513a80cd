using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// The moves of a proposer, by the production rules. It can give up an attempt at any time by starting the next one, above
/// any ballot that its rival has issued. This is a superset of what the answers it received could have shown it.
/// </summary>
internal sealed class ProposerMoves(WorldScenario scenario, int attempts, SmallWorldRules rules, Catalogue catalogue, ChosenHistory chain, StepList<WorldState, Move> steps)
{
    internal static readonly Guid[] Ids = [.. Enumerable.Range(1, WorldState.ProposerCount).Select(number => new Guid(number, 0, 0, new byte[8]))];

    public void AddTo(WorldState world)
    {
        for (var proposer = 0; proposer < WorldState.ProposerCount; proposer++)
        {
            var view = world.Proposers[proposer];
            if (rules.ProposersRestart && view.Round > 0)
                steps.Add(new Move(MoveKind.Restart, proposer, 0), world, after => after.Proposers[proposer] = view with { Phase = Phase.Idle, Round = 0, Current = 0 });
            if (view.Attempts < attempts && view.Request < scenario.Of(proposer).Length)
                AddAttempts(world, proposer, view);
            AddConclusion(world, proposer, view);
        }
    }

    private void AddAttempts(WorldState world, int proposer, ProposerView view)
    {
        var rival = 1 - proposer;
        var tried = Ballot.None;
        for (var seen = 0; seen <= world.Proposers[rival].Issued; seen++)
        {
            var ballot = rules.NextBallot(Ids[proposer], view.Round, seen == 0 ? Ballot.None : new Ballot(seen, Ids[rival]));
            if (ballot == tried)
                continue;
            tried = ballot;
            AddPrepare(world, proposer, ballot);
        }

        if (RequestOf(world, proposer) is { Floor: 0 })
            AddInitial(world, proposer, view);
        if (view is { Phase: Phase.Answered, Current: not 0 } && RequestOf(world, proposer) is not null)
            AddPrepared(world, proposer, catalogue.Rounds[view.Current]);
    }

    private void AddPrepare(WorldState world, int proposer, Ballot ballot)
    {
        var message = catalogue.Prepares.NumberOf(rules.PrepareRequest(ballot));
        steps.Add(new Move(MoveKind.Prepare, proposer, message), world, after =>
        {
            var slot = Begin(after, proposer, Phase.Preparing, message);
            Issue(after, proposer, ballot);
            after.Prepares[slot] = message;
        });
    }

    /// <summary>Adds sending a state without a prepare, under a ballot of the initial round that no other attempt has.</summary>
    private void AddInitial(WorldState world, int proposer, ProposerView view)
    {
        var judgement = rules.Judge(RegisterState.Empty, basisChosen: true, ChangesOf(world, proposer));
        if (!judgement.Altered)
            return;
        var ballot = Ballot.Initial(new Guid(proposer + 1, 0, (short)(view.Attempts + 1), new byte[8]));
        var accept = Accept(world, proposer, ballot, judgement.State);
        steps.Add(new Move(MoveKind.ProposeInitial, proposer, accept), world, after =>
        {
            Begin(after, proposer, Phase.Accepting, accept);
            Send(after, proposer, accept, RegisterState.Empty);
        });
    }

    private void AddPrepared(WorldState world, int proposer, PreparedRound round)
    {
        var judgement = rules.Judge(round.Base.State, basisChosen: true, ChangesOf(world, proposer));
        if (judgement.Altered)
        {
            var accept = Accept(world, proposer, round.Ballot, judgement.State);
            steps.Add(new Move(MoveKind.ProposePrepared, proposer, accept), world, after =>
            {
                Begin(after, proposer, Phase.Accepting, accept);
                Send(after, proposer, accept, round.Base.State);
            });
        }
        else if (!round.Base.Ballot.IsNone)
        {
            var number = catalogue.Rounds.NumberOf(round);
            steps.Add(new Move(MoveKind.AskCurrent, proposer, number), world, after => Begin(after, proposer, Phase.Confirming, number));
        }
    }

    private void AddConclusion(WorldState world, int proposer, ProposerView view)
    {
        switch (view.Phase)
        {
            case Phase.Preparing:
                AddProposals(world, proposer, catalogue.Prepares[view.Current].Ballot);
                break;
            case Phase.Accepting when world.Acceptors.Count(acceptor => acceptor.VotedIn(Slot(proposer, view))) >= rules.ToChoose(catalogue.Accepts[view.Current].Ballot):
                var accept = catalogue.Accepts[view.Current];
                AddAnswer(world, proposer, new PreparedRound(accept.Next, new ChosenState(accept.Ballot, accept.State)));
                break;
            case Phase.Confirming when world.Acceptors.Count(acceptor => acceptor.Told(proposer) != 0) >= rules.Majority:
                AddAnswer(world, proposer, catalogue.Rounds[view.Current]);
                break;
        }
    }

    /// <summary>Adds phase 2 for every set of promises that is large enough, in every order in which they can arrive.</summary>
    private void AddProposals(WorldState world, int proposer, Ballot ballot)
    {
        PrepareReply[] told = [.. world.Acceptors.Select(acceptor => acceptor.Told(proposer)).Where(reply => reply != 0).Select(reply => catalogue.Promises[reply])];
        var proposed = new HashSet<(Ballot, ushort, bool, Ballot)>();
        foreach (var promises in Arrivals(told))
        {
            var (highest, chosen, _) = rules.Highest(promises);
            if (!proposed.Add((highest.Ballot, catalogue.States.NumberOf(highest.State), chosen, promises.Max(promise => promise.Accepted))))
                continue;
            var judgement = rules.Judge(highest.State, chosen, ChangesOf(world, proposer));
            if (RequestOf(world, proposer) is null && chosen && !highest.Ballot.IsNone && !highest.State.Exists)
                judgement = new Judgement(highest.State.End() ?? highest.State, Altered: true, []);
            if (judgement.Altered || !chosen)
                AddProposal(world, proposer, ballot, judgement.State, promises);
            else
                AddAnswer(world, proposer, new PreparedRound(ballot, highest));
        }
    }

    private IEnumerable<ImmutableArray<PrepareReply>> Arrivals(PrepareReply[] told)
    {
        IEnumerable<ImmutableArray<int>> orders = [[]];
        for (var length = 1; length <= told.Length; length++)
        {
            orders = [.. orders.SelectMany(order => Enumerable.Range(0, told.Length).Except(order).Select(index => order.Add(index)))];
            foreach (var order in length < rules.Majority ? [] : orders)
                yield return [.. order.Select(index => told[index])];
        }
    }

    private void AddProposal(WorldState world, int proposer, Ballot ballot, RegisterState state, ImmutableArray<PrepareReply> promises)
    {
        var accept = Accept(world, proposer, ballot, state);
        var basis = Basis(promises);
        steps.Add(new Move(MoveKind.Propose, proposer, accept), world, after =>
        {
            after.Proposers[proposer] = after.Proposers[proposer] with { Phase = Phase.Accepting, Current = accept };
            Forget(after, proposer);
            Send(after, proposer, accept, basis);
        });
    }

    /// <summary>
    /// Gets the state that a proposal must extend by I4: the state of the highest accepted ballot. If that ballot is of the
    /// initial round, it is the state that a fast quorum may have accepted, given what the acceptors that promised report and
    /// what all others may hold. If there is no such state, any state is allowed. If none has accepted anything, the proposal must begin above
    /// the highest version that one of them begins above.
    /// </summary>
    private RegisterState Basis(ImmutableArray<PrepareReply> promises)
    {
        var highest = promises.MaxBy(promise => promise.Accepted)!;
        if (highest.Accepted.IsNone)
            return promises.Select(promise => promise.State ?? RegisterState.Empty).MaxBy(state => state.Origin.Version)!;
        if (!highest.Accepted.IsInitial)
            return highest.State!;
        var silent = WorldState.AcceptorCount - promises.Length;
        return promises.Where(promise => promise.Accepted.IsInitial).GroupBy(promise => promise.Accepted)
            .FirstOrDefault(group => group.Count() + silent >= rules.ToChoose(group.Key))?.First().State ?? RegisterState.Empty;
    }

    private void AddAnswer(WorldState world, int proposer, PreparedRound round)
    {
        var number = catalogue.Rounds.NumberOf(round);
        steps.Add(new Move(MoveKind.Answer, proposer, number), world, after =>
        {
            var view = after.Proposers[proposer];
            if (RequestOf(world, proposer) is { } request)
                chain.Answer(after, request, rules.Judge(round.Base.State, basisChosen: true, [request]).Outcomes[0]);
            var done = RequestOf(world, proposer) is not null || round.Base.State.Newest is null; // a register that has not ended is ended later
            after.Proposers[proposer] = view with { Phase = Phase.Answered, Request = (ushort)(view.Request + (done ? 1 : 0)), Current = number };
            Forget(after, proposer);
        });
    }

    private ushort Accept(WorldState world, int proposer, Ballot ballot, RegisterState state) => catalogue.Accepts.NumberOf(
        rules.AcceptRequest(ballot, state, rules.NextBallot(Ids[proposer], world.Proposers[proposer].Round, ballot)));

    private ushort Begin(WorldState after, int proposer, Phase phase, ushort current)
    {
        var view = after.Proposers[proposer];
        after.Proposers[proposer] = view = view with { Attempts = (ushort)(view.Attempts + 1), Phase = phase, Current = current };
        Forget(after, proposer);
        return (ushort)Slot(proposer, view);
    }

    /// <summary>Sends a state. It must extend <paramref name="basis"/> (I4) and be the only one under its ballot (I1).</summary>
    private void Send(WorldState after, int proposer, ushort accept, RegisterState basis)
    {
        var request = catalogue.Accepts[accept];
        Issue(after, proposer, request.Next);
        if (!ChainText.Of(ChainText.Of(basis), request.State).StartsWith(ChainText.Of(basis), StringComparison.Ordinal))
            steps.Tell("I4", $"'{ChainText.Of(request.State)}' is sent though the highest state accepted among the promises is '{ChainText.Of(basis)}'");
        after.Accepts[Slot(proposer, after.Proposers[proposer])] = accept;
    }

    /// <summary>Checks I1: the rounds of a proposer strictly increase.</summary>
    private void Issue(WorldState after, int proposer, Ballot ballot)
    {
        var view = after.Proposers[proposer];
        if (ballot.Round <= view.Issued)
            steps.Tell("I1", $"ballot {ballot.Round} is issued by a proposer that has issued {view.Issued} before");
        after.Proposers[proposer] = view with { Round = (ushort)ballot.Round, Issued = (ushort)Math.Max(view.Issued, ballot.Round) };
    }

    private static void Forget(WorldState after, int proposer)
    {
        for (var acceptor = 0; acceptor < WorldState.AcceptorCount; acceptor++)
            after.Acceptors[acceptor] = after.Acceptors[acceptor].WithTold(proposer, 0);
    }

    /// <summary>The request of a proposer; null when it is to end the register.</summary>
    private ChangeRequest? RequestOf(WorldState world, int proposer) => scenario.Of(proposer)[world.Proposers[proposer].Request];

    private ImmutableArray<ChangeRequest> ChangesOf(WorldState world, int proposer) => RequestOf(world, proposer) is { } request ? [request] : [];

    private int Slot(int proposer, ProposerView view) => (proposer * attempts) + view.Attempts - 1;
}
