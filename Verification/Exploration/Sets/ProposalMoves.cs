using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>The moves of proposers that have enough promises, by the production rules. A proposer goes on with any majority of those that it has.</summary>
internal sealed class ProposalMoves(
    ChangedSets sets, SmallWorldRules rules, PlannedMessages messages, Catalogue catalogue, ChosenValue chosen, StepList<SetChangeState, SetChangeMove> steps)
{
    private readonly Dictionary<(ushort Plan, int Proposer, ulong Promises), ImmutableArray<SetChangeMove>> _conclusions = [];

    public void AddTo(SetChangeState world)
    {
        for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
        {
            if (world.PhaseOf(proposer) == ProposerPhase.Preparing)
                AddProposals(world, proposer);
        }
    }

    /// <summary>Adds what a proposer may do. That a chosen state is learned once more changes nothing.</summary>
    private void AddProposals(SetChangeState world, int proposer)
    {
        foreach (var move in ConclusionsOf(world, proposer))
        {
            if (move.Kind != SetChangeMoveKind.Learn || move.Subject != world.Chosen)
                steps.Add(move, world, after => Take(after, move));
        }
    }

    /// <summary>Returns what the promises that a proposer has allow. The rules are pure, so that is computed only once.</summary>
    private ImmutableArray<SetChangeMove> ConclusionsOf(SetChangeState world, int proposer)
    {
        var (key, promising) = (0UL, 0);
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            var promise = world.PromiseOf(acceptor, proposer);
            key = (key << 16) | promise;
            promising |= (promise == 0 ? 0 : 1) << acceptor;
        }

        var step = messages.SetOf(world.Plan, proposer);
        if (!sets.IsMajority(step, promising))
            return [];
        if (_conclusions.TryGetValue((world.Plan, proposer, key), out var known))
            return known;
        var voters = sets.VotersOf(step);
        known = [.. Majorities(PromisesTo(world, proposer, step), voters).Select(promises => Conclude(world, proposer, ProposerRules.Highest(promises, voters))).Distinct()];
        _conclusions.Add((world.Plan, proposer, key), known);
        return known;
    }

    private List<Vote<PrepareReply>> PromisesTo(SetChangeState world, int proposer, SetStep step)
    {
        var promises = new List<Vote<PrepareReply>>();
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            if (world.PromiseOf(acceptor, proposer) is not 0 and var promise)
                promises.Add(new Vote<PrepareReply>(sets.NumberOf(step, acceptor), catalogue.Promises[promise]));
        }

        return promises;
    }

    private static IEnumerable<List<Vote<PrepareReply>>> Majorities(List<Vote<PrepareReply>> promises, Voters voters)
    {
        for (var subset = 1; subset < 1 << promises.Count; subset++)
        {
            List<Vote<PrepareReply>> some = [.. promises.Where((_, index) => (subset & (1 << index)) != 0)];
            if (voters.IsMajority(Voters.MaskOf(some, static _ => true)))
                yield return some;
        }
    }

    /// <summary>Returns what a proposer does with promises. The sweep has a state accepted again even if it is known to be chosen.</summary>
    private SetChangeMove Conclude(SetChangeState world, int proposer, Promises promises)
    {
        var (highest, isChosen, _) = promises;
        var judgement = rules.Judge(highest.State, isChosen, messages.ChangesOf(world.Plan, proposer));
        if (judgement.Altered || !isChosen || (proposer == SetChangeState.Sweep && !highest.Ballot.IsNone))
        {
            var ballot = catalogue.Prepares[messages.PrepareOf(world.Plan, proposer)].Ballot;
            return new SetChangeMove(SetChangeMoveKind.Propose, world.Plan, Proposer: proposer, Subject: messages.AcceptOf(ballot, judgement.State));
        }

        return highest.Ballot.IsNone
            ? new SetChangeMove(SetChangeMoveKind.LearnNothing, world.Plan, Proposer: proposer)
            : new SetChangeMove(SetChangeMoveKind.Learn, world.Plan, Proposer: proposer, Subject: catalogue.States.NumberOf(highest.State));
    }

    private void Take(SetChangeState after, SetChangeMove move)
    {
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
            after.PromiseOf(acceptor, move.Proposer) = 0;
        switch (move.Kind)
        {
            case SetChangeMoveKind.Propose:
                after.SetPhase(move.Proposer, ProposerPhase.Accepting);
                after.AcceptOf(move.Proposer) = move.Subject;
                break;
            case SetChangeMoveKind.Learn:
                after.SetPhase(move.Proposer, ProposerPhase.Gone);
                chosen.Choose(after, move.Subject);
                break;
            default:
                after.SetPhase(move.Proposer, ProposerPhase.Gone);
                after.IsSwept = true;
                break;
        }
    }
}
