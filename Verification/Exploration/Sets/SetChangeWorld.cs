using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>A small world in which the acceptor set changes once: its possible moves and the rules that they follow.</summary>
internal sealed class SetChangeWorld : IWorld<SetChangeState, SetChangeMove>
{
    private readonly StepList<SetChangeState, SetChangeMove> _steps = new();
    private readonly Listing _listing;
    private readonly OperatorMoves _operatorMoves;
    private readonly VoterMoves _voterMoves;
    private readonly ProposalMoves _proposalMoves;
    private readonly SetChangeForm _form;

    /// <summary>Creates a world.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rules">The rules of its moves.</param>
    public SetChangeWorld(SetChange change, SetChangeRules rules)
    {
        var small = new SmallWorldRules();
        Sets = new ChangedSets(change, rules.VotersOf);
        Plans = SetChangePlan.All(rules);
        Messages = new PlannedMessages(Plans, Sets, small, Catalogue);
        var chosen = new ChosenValue(Catalogue, _steps);
        _listing = new Listing(Sets, rules, Catalogue, _steps);
        _operatorMoves = new OperatorMoves(Sets, rules, Catalogue, _listing, _steps);
        _voterMoves = new VoterMoves(Sets, rules, Messages, new AcceptorAnswers(small, Catalogue), Catalogue, _listing, chosen, _steps);
        _proposalMoves = new ProposalMoves(Sets, small, Messages, Catalogue, chosen, _steps);
        _form = new SetChangeForm(Sets, rules, Messages, _voterMoves, Catalogue);
    }

    public ChangedSets Sets { get; }

    public ImmutableArray<SetChangePlan> Plans { get; }

    public PlannedMessages Messages { get; }

    public Catalogue Catalogue { get; } = new();

    /// <summary>Gets the state at the start. Acceptors that come have taken over the joint set: before that, they answer nothing.</summary>
    public SetChangeState Start()
    {
        var start = new SetChangeState(Sets.Names.Length);
        for (var acceptor = 0; acceptor < Sets.Names.Length; acceptor++)
        {
            start.RecordOf(acceptor) = Catalogue.Records.NumberOf(AcceptorRecord.Blank);
            if (Sets.NumberOf(SetStep.Before, acceptor) < 0)
                start.TakeOver(acceptor, SetStep.Joint);
        }

        return start;
    }

    /// <inheritdoc/>
    public IReadOnlyList<WorldStep<SetChangeState, SetChangeMove>> StepsFrom(SetChangeState world)
    {
        _steps.Clear();
        if (world.Plan != 0)
        {
            _operatorMoves.AddTo(world, Plans[world.Plan - 1].Last);
            _listing.AddTo(world);
            _voterMoves.AddTo(world);
            _proposalMoves.AddTo(world);
        }
        else if (!world.IsOver)
        {
            for (ushort plan = 1; plan <= Plans.Length; plan++)
                AddPlan(world, plan);
        }

        return _steps.Steps;
    }

    /// <inheritdoc/>
    public SetChangeState Canonical(SetChangeState world)
    {
        _form.Reduce(world);
        return world;
    }

    private void AddPlan(SetChangeState world, ushort plan) => _steps.Add(new SetChangeMove(SetChangeMoveKind.Plan, plan), world, after =>
    {
        after.Plan = plan;
        after.SetPhase(SetChangeState.Sweep, ProposerPhase.Idle);
        for (var proposer = SetChangeState.Sweep + 1; proposer < SetChangeState.ProposerCount; proposer++)
        {
            var isInitial = Messages.WriterOf(plan, proposer).IsInitial;
            after.SetPhase(proposer, isInitial ? ProposerPhase.Accepting : ProposerPhase.Preparing);
            if (isInitial)
                after.AcceptOf(proposer) = Messages.InitialOf(plan, proposer);
        }
    });
}
