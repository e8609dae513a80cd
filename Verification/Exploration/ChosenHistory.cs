namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Checks every chosen state against the earlier chosen states and the outcomes that proposers received.</summary>
internal sealed class ChosenHistory(Catalogue catalogue, StepList steps)
{
    /// <summary>
    /// Records that the state of an accept is chosen. In the order of their ballots, each chosen state extends the previous one
    /// (Agreement, I5, I6), whatever the order in which majorities accepted them. No state contains a request twice or after its refusal.
    /// </summary>
    public void Choose(WorldState world, ushort accept)
    {
        var chosen = catalogue.Accepts[accept];
        if (world.Chosen == 0 || catalogue.Accepts[world.Chosen].Ballot < chosen.Ballot)
        {
            CheckOrder(Chain(world), ChainText.Of(chosen.State));
            world.Chosen = accept;
        }
        else
        {
            CheckOrder(ChainText.Of(chosen.State), Chain(world));
        }

        var chain = Chain(world);
        if (chain.Distinct().Count() != chain.Length)
            steps.Tell("I6", $"a request is applied twice in the chosen chain '{chain}'");
        CheckRefused(world);
    }

    /// <summary>Records that a proposer received the outcome of a request.</summary>
    public void Answer(WorldState world, ChangeRequest request, ChangeOutcome outcome)
    {
        var name = WorldScenario.NameOf(request.RequestId);
        var chosen = Chain(world);
        switch (outcome.Status)
        {
            case ChangeStatus.Applied when chosen.IndexOf(name, StringComparison.Ordinal) + 1 != outcome.WrittenVersion:
                steps.Tell("I6", $"request {name} is acknowledged as version {outcome.WrittenVersion}, and the chosen chain is '{chosen}'");
                break;
            case ChangeStatus.VersionMismatch or ChangeStatus.AlreadyDecided or ChangeStatus.NotFound:
                world.Refused |= Bit(name[0]);
                CheckRefused(world);
                break;
        }
    }

    private void CheckOrder(string lower, string higher)
    {
        if (higher.StartsWith(lower, StringComparison.Ordinal))
            return;
        if (lower.StartsWith(higher, StringComparison.Ordinal))
            steps.Tell("I6", $"'{higher}' is chosen under a higher ballot than '{lower}': what was acknowledged is lost");
        else
            steps.Tell("Agreement", $"'{lower}' and '{higher}' are both chosen, and neither goes on from the other");
    }

    private void CheckRefused(WorldState world)
    {
        foreach (var name in Chain(world))
        {
            if ((world.Refused & Bit(name)) != 0)
                steps.Tell("I6", $"request {name} was refused, and is in the chosen chain '{Chain(world)}'");
        }
    }

    private string Chain(WorldState world) => world.Chosen == 0 ? "" : ChainText.Of(catalogue.Accepts[world.Chosen].State);

    private static uint Bit(char name) => 1u << (name - 'a');
}
