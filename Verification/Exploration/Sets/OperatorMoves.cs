using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>
/// The moves that change the set: acceptors take sets over, and one that leaves is wiped. A set counts as decided as soon as it may be, because its decision
/// stops nothing. An acceptor takes over each set in turn: to leap is to have answered nothing in between. One that leaves the set takes over the last one
/// never, which is the same as to be silent.
/// </summary>
internal sealed class OperatorMoves(ChangedSets sets, SetChangeRules rules, Catalogue catalogue, Listing listing, StepList<SetChangeState, SetChangeMove> steps)
{
    private readonly ushort _blank = catalogue.Records.NumberOf(AcceptorRecord.Blank);

    /// <summary>Adds the moves.</summary>
    /// <param name="world">The state.</param>
    /// <param name="last">The last set that may be decided.</param>
    public void AddTo(SetChangeState world, SetStep last)
    {
        for (var acceptor = 0; acceptor < sets.Names.Length; acceptor++)
        {
            if (world.SetOf(acceptor) == SetStep.Before)
                AddTakeOver(world, acceptor, SetStep.Joint);
            else if (world.SetOf(acceptor) == SetStep.Joint && sets.NumberOf(last, acceptor) >= 0 && (world.IsSwept || last == SetStep.Cancelled))
                AddTakeOver(world, acceptor, last);
            if (!world.IsWiped && sets.Leaves(acceptor) && sets.IsTakenOver(world, rules.WipedIn))
                AddWipe(world, acceptor);
        }
    }

    private void AddTakeOver(SetChangeState world, int acceptor, SetStep step) =>
        steps.Add(new SetChangeMove(SetChangeMoveKind.TakeOver, world.Plan, acceptor, Subject: (ushort)step), world, after =>
        {
            after.TakeOver(acceptor, step);
            listing.Begin(after);
            listing.Note(after, acceptor);
        });

    /// <summary>Adds that an acceptor is wiped. It comes back blank and gets the latest set from others. If it is not in that set, it answers nothing.</summary>
    private void AddWipe(SetChangeState world, int acceptor) => steps.Add(new SetChangeMove(SetChangeMoveKind.Wipe, world.Plan, acceptor), world, after =>
    {
        after.RecordOf(acceptor) = _blank;
        after.IsWiped = true;
        if (!rules.WipedVotes)
            after.TakeOver(acceptor, rules.WipedIn);
        listing.Note(after, acceptor);
    });
}
