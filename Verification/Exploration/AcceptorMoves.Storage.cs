namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// What becomes of an acceptor's memory. In production's order (<see cref="Storing.BeforeTheAnswer"/>) step, persist and release
/// are one move, because a crash in between leaves a world that is reached anyway: after the step, the one before it; after the
/// persist, one in which the proposer does not wait for the answer. <see cref="Storing.StepByStep"/> takes them one by one.
/// </summary>
internal sealed partial class AcceptorMoves
{
    private void AddStorage(WorldState world, int acceptor)
    {
        var view = world.Acceptors[acceptor];
        if (view.Durable != view.Volatile && rules.AcceptanceIsStored != Storing.BeforeTheAnswer)
            AddStore(world, acceptor, view);
        else if (view.Pending != 0)
            AddRelease(world, acceptor, view);
        if (view.Durable != view.Volatile || view.Pending != 0)
            AddCrash(world, acceptor, view);
    }

    private void AddStore(WorldState world, int acceptor, AcceptorView view) => steps.Add(new Move(MoveKind.Store, acceptor, view.Volatile), world, after =>
    {
        after.Acceptors[acceptor] = view with { Durable = view.Volatile };
        if (view is not { Pending: not 0, Reply: 0 })
            return;

        // A vote counts once it is durable. A proposer that has not heard of it yet counts it later, or never.
        after.Acceptors[acceptor] = after.Acceptors[acceptor] with { Pending = 0 };
        Vote(after, acceptor, view.Pending - 1);
    });

    private void AddRelease(WorldState world, int acceptor, AcceptorView view) => steps.Add(new Move(MoveKind.Release, acceptor, view.Reply), world, after =>
    {
        after.Acceptors[acceptor] = view with { Pending = 0, Reply = 0 };
        Tell(after, acceptor, view.Pending - 1, view.Reply);
    });

    /// <summary>What is in memory alone is lost.</summary>
    private void AddCrash(WorldState world, int acceptor, AcceptorView view) => steps.Add(new Move(MoveKind.Crash, acceptor, view.Durable), world, after =>
    {
        after.Acceptors[acceptor] = view with { Volatile = view.Durable, Pending = 0, Reply = 0 };
        if (view.Pending == 0)
            Check(view.Volatile, view.Durable);
    });

    private void Write(WorldState after, int acceptor, ushort record, Storing storing)
    {
        var view = after.Acceptors[acceptor];
        Check(view.Volatile, record);
        after.Acceptors[acceptor] = view with { Volatile = record, Durable = storing == Storing.BeforeTheAnswer ? record : view.Durable };
    }

    /// <summary>I3, by a comparison of our own. What was never answered was never promised.</summary>
    private void Check(ushort before, ushort after)
    {
        var (old, now) = (catalogue.Records[before], catalogue.Records[after]);
        if (now.Promised < old.Promised || now.Accepted < old.Accepted)
            steps.Tell("I3", $"an acceptor that promised {old.Promised} and accepted {old.Accepted} falls back to {now.Promised} and {now.Accepted}");
        if (now.Promised < now.Accepted)
            steps.Tell("I3", $"an acceptor that promised {now.Promised} accepted {now.Accepted}");
    }
}
