namespace Orleans.Paxos.Protocol;

/// <summary>What a majority of promises says about the register.</summary>
/// <param name="Highest">The state with the highest accepted ballot, on which a proposal must build (I4). If none was accepted, the empty
/// state.</param>
/// <param name="Chosen">Whether that state is known to be chosen.</param>
/// <param name="Learned">What a learner may be told of it, if it is chosen.</param>
internal readonly record struct Promises(ChosenState Highest, bool Chosen, ChosenState Learned);

/// <summary>What a proposer concludes from the acceptors' answers ("Paxos Made Simple", section 2.2). Pure.</summary>
internal static class ProposerRules
{
    /// <summary>
    /// Returns the proposal with the highest number among a majority of promises. It is chosen if enough promises report exactly that
    /// ballot. "Nothing" is chosen if a majority has accepted nothing.
    /// </summary>
    /// <param name="granted">The promises, at least a majority's.</param>
    /// <param name="voters">Who votes.</param>
    public static Promises Highest(IReadOnlyList<Vote<PrepareReply>> granted, Voters voters)
    {
        var highest = ChosenState.Empty;
        foreach (var (_, promise) in granted)
        {
            if (promise.Accepted > highest.Ballot)
                highest = new ChosenState(promise.Accepted, promise.State!);
        }

        if (highest.Ballot.IsInitial)
            highest = MostAccepted(granted);
        var chosen = voters.ShowChosen(highest.Ballot, Voters.MaskOf(granted, promise => promise.Accepted == highest.Ballot));
        if (highest.State.Newest is not null)
            return new Promises(highest, chosen, highest);
        Vote<RegisterOrigin>[] origins =
            [.. granted.Where(static vote => vote.Reply.Accepted.IsNone).Select(static vote => new Vote<RegisterOrigin>(vote.Acceptor, vote.Reply.State?.Origin ?? default))];
        return highest.Ballot.IsNone
            ? new Promises(Empty(highest, origins.Max(static each => each.Reply.Version), origins.Min(static each => each.Reply.Forgotten)), chosen, EmptyAboveMajority(origins, voters))
            : new Promises(Empty(highest, origins.Select(static each => each.Reply.Version).Append(highest.State.Origin.Version).Max(), highest.State.Origin.Forgotten), chosen, highest);
    }

    /// <summary>
    /// The state of a register that has ended, or that a majority does not know. It begins above every version that one of them may have told
    /// as a floor.
    /// </summary>
    private static ChosenState Empty(ChosenState state, long version, long forgotten) =>
        version == 0 ? state : state with { State = RegisterState.Empty with { Origin = new RegisterOrigin(version, forgotten) } };

    /// <summary>
    /// The empty state as a learner may know it: with a version that every later version is above, because a majority begins above it.
    /// Every later majority has one of these acceptors.
    /// </summary>
    /// <param name="origins">What the acceptors that accepted nothing report, at least a majority.</param>
    /// <param name="voters">Who votes.</param>
    public static ChosenState EmptyAboveMajority(IEnumerable<Vote<RegisterOrigin>> origins, Voters voters) =>
        Empty(ChosenState.Empty, voters.ReachedByMajority(origins.Select(static each => new Vote<long>(each.Acceptor, each.Reply.Version))) ?? 0, forgotten: 0);

    /// <summary>
    /// In the initial round, which is one for all epochs because an acceptor accepts in it once, acceptors may have accepted different states. If one of them was chosen, by a fast quorum, it is the one
    /// that most acceptors of any majority report ("Fast Paxos", observation O4). If none was chosen, any of them is suitable.
    /// </summary>
    private static ChosenState MostAccepted(IReadOnlyList<Vote<PrepareReply>> granted)
    {
        var most = granted.Select(static vote => vote.Reply)
            .Where(static promise => promise.Accepted.IsInitial)
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
    /// <param name="voters">Who votes.</param>
    public static Ballot? Agreed<T>(IReadOnlyList<Vote<T>> replies, Func<T, Ballot> accepted, Ballot known, Voters voters)
    {
        foreach (var candidate in replies)
        {
            var ballot = accepted(candidate.Reply);
            var reporting = 0UL;
            foreach (var (acceptor, reply) in replies)
            {
                if (accepted(reply) == ballot)
                    reporting |= 1UL << acceptor;
            }

            if (ballot == known ? voters.IsMajority(reporting) : voters.ShowChosen(ballot, reporting))
                return ballot;
        }

        return null;
    }
}
