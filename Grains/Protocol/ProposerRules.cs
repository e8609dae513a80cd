namespace Orleans.Paxos.Protocol;

/// <summary>What a majority of promises says about the register.</summary>
/// <param name="Highest">The state with the highest accepted ballot, which a proposal must carry on (I4).</param>
/// <param name="Chosen">Whether that state is known to be chosen.</param>
internal readonly record struct Promises(ChosenState Highest, bool Chosen);

/// <summary>What a proposer concludes from its acceptors' answers ("Paxos Made Simple", section 2.2). Pure.</summary>
internal static class ProposerRules
{
    /// <summary>
    /// The proposal with the highest number among a majority of promises; it is chosen when enough report that very
    /// ballot, and "nothing" is when a majority has accepted nothing.
    /// </summary>
    public static Promises Highest(IReadOnlyCollection<PrepareReply> granted, Quorums quorums)
    {
        var highest = ChosenState.Empty;
        foreach (var promise in granted)
        {
            if (promise.Accepted > highest.Ballot)
                highest = new ChosenState(promise.Accepted, promise.State!);
        }

        if (highest.Ballot.IsInitial)
            highest = MostAccepted(granted);
        var reporting = granted.Count(promise => promise.Accepted == highest.Ballot);
        return new Promises(highest, reporting >= quorums.ToChoose(highest.Ballot));
    }

    /// <summary>
    /// In the initial round acceptors may have accepted different states. If one of them was chosen, by a fast quorum, more of any
    /// majority report it than any other ("Fast Paxos", observation O4); if none was, each will do.
    /// </summary>
    private static ChosenState MostAccepted(IReadOnlyCollection<PrepareReply> granted)
    {
        var most = granted.Where(promise => promise.Accepted.IsInitial)
            .GroupBy(promise => promise.Accepted)
            .MaxBy(group => (group.Count(), group.Key))!;
        return new ChosenState(most.Key, most.First().State!);
    }

    /// <summary>
    /// The accepted ballot whose state is chosen and current; null when the answers show none. A majority reports it; a state of the
    /// initial round is chosen only if a fast quorum does, or the reader knows it to be.
    /// </summary>
    /// <param name="replies">The answers.</param>
    /// <param name="accepted">The ballot in an answer.</param>
    /// <param name="known">A ballot whose state is known to be chosen.</param>
    /// <param name="quorums">How many acceptors it takes.</param>
    public static Ballot? Agreed<T>(IReadOnlyList<T> replies, Func<T, Ballot> accepted, Ballot known, Quorums quorums)
    {
        foreach (var candidate in replies)
        {
            var ballot = accepted(candidate);
            var reporting = 0;
            foreach (var reply in replies)
            {
                if (accepted(reply) == ballot)
                    reporting++;
            }

            if (reporting >= (ballot == known ? quorums.Majority : quorums.ToChoose(ballot)))
                return ballot;
        }

        return null;
    }
}
