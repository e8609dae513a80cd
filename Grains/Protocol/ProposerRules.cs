namespace Orleans.Paxos;

/// <summary>What a majority of promises says about the register.</summary>
/// <param name="Highest">The state with the highest accepted ballot, which a proposal must carry on (I4).</param>
/// <param name="Chosen">Whether that state is known to be chosen.</param>
internal readonly record struct Promises(ChosenState Highest, bool Chosen);

/// <summary>What a proposer concludes from its acceptors' answers ("Paxos Made Simple", section 2.2). Pure.</summary>
internal static class ProposerRules
{
    /// <summary>
    /// The proposal with the highest number among a majority of promises; it is chosen when a majority reports that very
    /// ballot, and "nothing" is when a majority has accepted nothing.
    /// </summary>
    public static Promises Highest(IEnumerable<PrepareReply> granted, int majority)
    {
        var highest = ChosenState.Empty;
        var reporting = 0;
        foreach (var promise in granted)
        {
            if (promise.Accepted > highest.Ballot)
            {
                highest = new ChosenState(promise.Accepted, promise.State!);
                reporting = 0;
            }

            if (promise.Accepted == highest.Ballot)
                reporting++;
        }

        return new Promises(highest, reporting >= majority);
    }

    /// <summary>The accepted ballot that a majority reports; null when none does.</summary>
    public static Ballot? Agreed(IEnumerable<ReadReply> replies, int majority)
    {
        foreach (var group in replies.GroupBy(reply => reply.Accepted))
        {
            if (group.Count() >= majority)
                return group.Key;
        }

        return null;
    }
}
