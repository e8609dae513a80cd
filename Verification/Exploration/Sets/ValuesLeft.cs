namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>Tells when nothing can disagree any more: when all that is chosen, or may ever be, is one value.</summary>
internal sealed class ValuesLeft(PlannedMessages messages, Catalogue catalogue)
{
    /// <summary>Whether at most one value is left in the records that proposers can reach, in messages, and with writers that may send it.</summary>
    /// <param name="world">A state without what no move reads any more.</param>
    /// <param name="acceptors">The number of acceptors.</param>
    public bool AreOne(SetChangeState world, int acceptors)
    {
        var only = world.Chosen;
        for (var acceptor = 0; acceptor < acceptors; acceptor++)
        {
            if (!IsOnly(ref only, catalogue.Records[world.RecordOf(acceptor)].State))
                return false;
            for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
            {
                if (world.PromiseOf(acceptor, proposer) is not 0 and var promise && !IsOnly(ref only, catalogue.Promises[promise].State))
                    return false;
            }
        }

        for (var proposer = 0; proposer < SetChangeState.ProposerCount; proposer++)
        {
            if (world.AcceptOf(proposer) is not 0 and var accept && !IsOnly(ref only, catalogue.Accepts[accept].State))
                return false;
            if (proposer != SetChangeState.Sweep && world.PhaseOf(proposer) == ProposerPhase.Preparing && !IsOnly(ref only, messages.NewStateOf(world.Plan, proposer)))
                return false;
        }

        return true;
    }

    private bool IsOnly(ref ushort only, RegisterState? state)
    {
        if (state?.Newest is null)
            return true;
        var number = catalogue.States.NumberOf(state);
        if (only == 0)
            only = number;
        return only == number;
    }
}
