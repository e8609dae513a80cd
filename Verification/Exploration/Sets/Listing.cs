namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>
/// The sweep's lists of what acceptors have accepted. It asks for them as soon as enough acceptors have taken over the joint set, and each answers as soon as
/// it can, because a message stays under way.
/// </summary>
internal sealed class Listing(ChangedSets sets, SetChangeRules rules, Catalogue catalogue, StepList<SetChangeState, SetChangeMove> steps)
{
    private const int Sweep = SetChangeState.Sweep;

    /// <summary>Adds what the sweep may conclude from the lists of any majority.</summary>
    public void AddTo(SetChangeState world)
    {
        if (world.PhaseOf(Sweep) != ProposerPhase.Listing)
            return;
        var (any, nothing, something) = (0, 0, 0);
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            var listed = world.ListedBy(acceptor);
            any |= (listed == Listed.No ? 0 : 1) << acceptor;
            nothing |= ((listed & Listed.Nothing) == 0 ? 0 : 1) << acceptor;
            something |= ((listed & Listed.Something) == 0 ? 0 : 1) << acceptor;
        }

        if (sets.IsMajority(SetStep.Joint, nothing))
            AddConclusion(world, SetChangeMoveKind.ListNothing, ProposerPhase.Gone);
        if (sets.IsMajority(SetStep.Joint, any) && something != 0)
            AddConclusion(world, SetChangeMoveKind.ListSomething, ProposerPhase.Preparing);
    }

    /// <summary>Asks for the lists, if that is due.</summary>
    public void Begin(SetChangeState after)
    {
        if (after.PhaseOf(Sweep) != ProposerPhase.Idle || !sets.IsTakenOver(after, SetStep.Joint))
            return;
        after.IsSwept = !rules.Sweeps;
        after.SetPhase(Sweep, rules.Sweeps ? ProposerPhase.Listing : ProposerPhase.Gone);
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
            Note(after, acceptor);
    }

    /// <summary>Takes note of what an acceptor can answer from now on.</summary>
    public void Note(SetChangeState after, int acceptor)
    {
        if (after.PhaseOf(Sweep) != ProposerPhase.Listing || !IsListed(after.SetOf(acceptor)))
            return;
        var answer = catalogue.Records[after.RecordOf(acceptor)].Accepted.IsNone ? Listed.Nothing : Listed.Something;
        after.List(acceptor, after.ListedBy(acceptor) | answer);
    }

    private bool IsListed(SetStep step) => step == SetStep.Joint || (rules.ListsUnsealed && step == SetStep.Before);

    private void AddConclusion(SetChangeState world, SetChangeMoveKind kind, ProposerPhase phase) => steps.Add(new SetChangeMove(kind, world.Plan), world, after =>
    {
        after.SetPhase(Sweep, phase);
        after.IsSwept |= kind == SetChangeMoveKind.ListNothing;
    });
}
