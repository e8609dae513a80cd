namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Checks every chosen state against the earlier chosen states and the outcomes that proposers received.</summary>
internal sealed class ChosenHistory(Catalogue catalogue, StepList<WorldState, Move> steps)
{
    /// <summary>
    /// Records that the state of an accept is chosen. In the order of their ballots, each chosen state extends the previous one
    /// (Agreement, I5, I6), whatever the order in which majorities accepted them. No state contains a request twice or after its refusal.
    /// </summary>
    public void Choose(WorldState world, ushort accept)
    {
        var chosen = catalogue.Accepts[accept];
        var text = ChainText.Of(Chain(world), chosen.State);
        if (world.Chosen == 0 || catalogue.Accepts[world.Chosen].Ballot < chosen.Ballot)
        {
            CheckOrder(Chain(world), text);
            CheckEnds(text);
            world.Chosen = accept;
            world.Chain = catalogue.Chains.NumberOf(text);
        }
        else
        {
            CheckOrder(text, Chain(world));
        }

        if (Written(world).GroupBy(name => name).Any(versions => versions.Count() > 1))
            steps.Tell("I6", $"a request is applied twice in the chosen chain '{Chain(world)}'");
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

    /// <summary>Checks that a register ends only when it is deleted.</summary>
    private void CheckEnds(string chain)
    {
        for (var index = 1; index < chain.Length; index++)
        {
            if (chain[index] == ChainText.NoRequest && chain[index - 1] != ChainText.NoRequest && !WorldScenario.IsDeletion(chain[index - 1]))
                steps.Tell("I5", $"in the chosen chain '{chain}' the register ends and is not deleted");
        }
    }

    private void CheckRefused(WorldState world)
    {
        foreach (var name in Written(world))
        {
            if ((world.Refused & Bit(name)) != 0)
                steps.Tell("I6", $"request {name} was refused, and is in the chosen chain '{Chain(world)}'");
        }
    }

    private string Chain(WorldState world) => world.Chain == 0 ? "" : catalogue.Chains[world.Chain];

    private IEnumerable<char> Written(WorldState world) => Chain(world).Where(name => name != ChainText.NoRequest);

    private static uint Bit(char name) => 1u << (name - 'a');
}
