namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>Checks agreement: all that is chosen, and all that a proposer takes for chosen, is one state.</summary>
internal sealed class ChosenValue(Catalogue catalogue, StepList<SetChangeState, SetChangeMove> steps)
{
    public void Choose(SetChangeState world, ushort state)
    {
        if (world.Chosen == 0)
            world.Chosen = state;
        else if (world.Chosen != state)
            steps.Tell("Agreement", $"'{ChainText.Of(catalogue.States[world.Chosen])}' and '{ChainText.Of(catalogue.States[state])}' are both chosen");
    }
}
