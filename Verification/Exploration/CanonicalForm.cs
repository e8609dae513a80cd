namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// Maps worlds with the same future to a single world. Each step only drops what no move reads any more, or sorts the
/// acceptors, which no rule distinguishes.
/// </summary>
internal sealed class CanonicalForm(WorldScenario scenario, int attempts, SmallWorldRules rules, Catalogue catalogue)
{
    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    public void Reduce(WorldState world)
    {
        for (var proposer = 0; proposer < WorldState.ProposerCount; proposer++)
        {
            ReduceAttempt(world, proposer);
            ReduceProposer(world, proposer);
        }

        for (var attempt = 0; attempt < world.Prepares.Length; attempt++)
            ReduceMessages(world, attempt);
        Order(world.Acceptors);
    }

    /// <summary>Puts the acceptors in order. What they have told each other goes with them.</summary>
    private static void Order(AcceptorView[] acceptors)
    {
        if (!Array.Exists(acceptors, acceptor => acceptor.Covers != 0))
        {
            Array.Sort(acceptors);
            return;
        }

        var lowest = Ordered(acceptors, Orders[0]);
        foreach (var order in Orders.AsSpan(1))
        {
            var other = Ordered(acceptors, order);
            if (other.AsSpan().SequenceCompareTo(lowest) < 0)
                lowest = other;
        }

        lowest.CopyTo(acceptors, 0);
    }

    private static AcceptorView[] Ordered(AcceptorView[] acceptors, int[] order)
    {
        var ordered = new AcceptorView[acceptors.Length];
        for (var place = 0; place < ordered.Length; place++)
        {
            var view = acceptors[order[place]];
            ordered[place] = view with { Covers = 0 };
            for (var other = 0; view.Covers != 0 && other < ordered.Length; other++)
            {
                if (view.CoverOf(order[other]) is not Cover.None and var told)
                    ordered[place] = ordered[place].WithCover(other, told);
            }
        }

        return ordered;
    }

    /// <summary>Reduces an attempt that can no longer get a quorum. The proposer can only give it up.</summary>
    private void ReduceAttempt(WorldState world, int proposer)
    {
        var view = world.Proposers[proposer];
        var slot = (proposer * attempts) + view.Attempts - 1;
        var possible = view.Phase switch
        {
            Phase.Preparing => world.Acceptors.Count(acceptor => acceptor.Told(proposer) != 0 || acceptor.Pending == slot + 1 || CanPromise(acceptor, catalogue.Prepares[view.Current].Ballot)),
            Phase.Accepting => world.Acceptors.Count(acceptor => acceptor.VotedIn(slot) || CanAccept(acceptor, catalogue.Accepts[view.Current].Ballot)),
            _ => WorldState.AcceptorCount,
        };
        if (possible >= (view.Phase == Phase.Accepting ? rules.ToChoose(catalogue.Accepts[view.Current].Ballot) : rules.Majority))
            return;
        world.Proposers[proposer] = view with { Phase = Phase.Idle, Current = 0 };
        for (var acceptor = 0; acceptor < WorldState.AcceptorCount; acceptor++)
            world.Acceptors[acceptor] = world.Acceptors[acceptor].WithTold(proposer, 0);
    }

    /// <summary>Reduces a proposer that has nothing left to do. It needs no memory, except for the rounds that its rival may have seen.</summary>
    private void ReduceProposer(WorldState world, int proposer)
    {
        var view = world.Proposers[proposer];
        var waits = view.Phase is Phase.Preparing or Phase.Accepting or Phase.Confirming;
        if (waits || (view.Attempts < attempts && view.Request < scenario.Of(proposer).Length))
            return;
        var rivalMayLook = world.Proposers[1 - proposer].Attempts < attempts;
        world.Proposers[proposer] = new ProposerView((ushort)attempts, Phase.Idle, 0, 0, rivalMayLook ? view.Issued : (ushort)0, 0);
    }

    /// <summary>Reduces messages: a message that cannot change any acceptor counts as lost. Its votes still matter to the proposer that waits for them.</summary>
    private void ReduceMessages(WorldState world, int attempt)
    {
        if (world.Prepares[attempt] is not 0 and var prepare && !Array.Exists(world.Acceptors, acceptor => CanPromise(acceptor, catalogue.Prepares[prepare].Ballot)))
            world.Prepares[attempt] = 0;
        if (world.Accepts[attempt] is not 0 and var accept && !Array.Exists(world.Acceptors, acceptor => CanAccept(acceptor, catalogue.Accepts[accept].Ballot)))
            world.Accepts[attempt] = 0;
        if (world.Accepts[attempt] != 0)
            return;
        var waiting = world.Proposers[attempt / attempts];
        var wanted = waiting.Phase == Phase.Accepting && waiting.Attempts - 1 == attempt % attempts;
        for (var acceptor = 0; acceptor < WorldState.AcceptorCount; acceptor++)
            world.Acceptors[acceptor] = world.Acceptors[acceptor].WithVote(attempt, wanted);
    }

    private bool CanPromise(AcceptorView acceptor, Ballot ballot) => Lowest(acceptor, ballot) < ballot;

    private bool CanAccept(AcceptorView acceptor, Ballot ballot) => Lowest(acceptor, ballot) <= ballot;

    /// <summary>The lowest promise against a ballot that the acceptor can fall back to.</summary>
    private Ballot Lowest(AcceptorView acceptor, Ballot ballot)
    {
        if (scenario.Forgets && !rules.PromisesOutlive(ballot))
            return Ballot.None;
        var (durable, remembered) = (catalogue.Records[acceptor.Durable].Promised, catalogue.Records[acceptor.Volatile].Promised);
        return durable < remembered ? durable : remembered;
    }
}
