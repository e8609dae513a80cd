namespace Orleans.Paxos.Protocol;

/// <summary>What a majority of promises says about the register.</summary>
/// <param name="Highest">The state with the highest accepted ballot, on which a proposal must build (I4).</param>
/// <param name="Chosen">Whether that state is known to be chosen.</param>
internal readonly record struct Promises(ChosenState Highest, bool Chosen);

/// <summary>What a proposer concludes from the acceptors' answers ("Paxos Made Simple", section 2.2). Pure.</summary>
internal static class ProposerRules
{
    /// <summary>
    /// Returns the proposal with the highest number among a majority of promises. It is chosen if enough promises report exactly that
    /// ballot. "Nothing" is chosen if a majority has accepted nothing.
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
    /// In the initial round, acceptors may have accepted different states. If one of them was chosen, by a fast quorum, it is the one
    /// that most acceptors of any majority report ("Fast Paxos", observation O4). If none was chosen, any of them is suitable.
    /// </summary>
    private static ChosenState MostAccepted(IReadOnlyCollection<PrepareReply> granted)
    {
        var most = granted.Where(promise => promise.Accepted.IsInitial)
            .GroupBy(promise => promise.Accepted)
            .MaxBy(group => (group.Count(), group.Key))!;
        return new ChosenState(most.Key, most.First().State!);
    }

    /// <summary>
    /// Returns the accepted ballot whose state is chosen and current; null when the answers show none. A majority must report it. A state
    /// of the initial round is chosen only if a fast quorum reports it, or if the reader knows that it is chosen.
    /// </summary>
    /// <param name="replies">The answers.</param>
    /// <param name="accepted">Returns the accepted ballot in an answer.</param>
    /// <param name="known">A ballot whose state is known to be chosen.</param>
    /// <param name="quorums">The sizes of the quorums.</param>
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
