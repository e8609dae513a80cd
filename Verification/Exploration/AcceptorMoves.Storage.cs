namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// The moves of an acceptor's memory and storage. In production's order (<see cref="Storing.BeforeTheAnswer"/>) step, persist
/// and release are one move, because a crash between them leads only to worlds that are reached anyway: a crash after the step
/// leads to the world before it, and a crash after the persist to a world in which the proposer does not wait for the answer.
/// <see cref="Storing.StepByStep"/> makes them separate moves.
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

        // A vote counts as soon as it is durable. The proposer counts it when it hears of it, which may be later or never.
        after.Acceptors[acceptor] = after.Acceptors[acceptor] with { Pending = 0 };
        Vote(after, acceptor, view.Pending - 1);
    });

    private void AddRelease(WorldState world, int acceptor, AcceptorView view) => steps.Add(new Move(MoveKind.Release, acceptor, view.Reply), world, after =>
    {
        after.Acceptors[acceptor] = view with { Pending = 0, Reply = 0 };
        Tell(after, acceptor, view.Pending - 1, view.Reply);
    });

    /// <summary>Adds a crash: the acceptor loses what is only in its memory.</summary>
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
        after.Acceptors[acceptor] = view with
        {
            Volatile = record,
            Durable = storing == Storing.BeforeTheAnswer ? record : view.Durable,
            Covers = catalogue.Records[record].Accepted == catalogue.Records[view.Volatile].Accepted ? view.Covers : (ushort)0,
        };
        if (forgets && storing == Storing.BeforeTheAnswer)
            TakeNote(after, acceptor);
    }

    /// <summary>Checks I3 with a comparison that is independent of the production code. A promise that was never answered does not count.</summary>
    private void Check(ushort before, ushort after)
    {
        var (old, now) = (catalogue.Records[before], catalogue.Records[after]);
        var forgotten = SmallWorldRules.EndIn(old) is { } ended && now.Accepted.IsNone && now.State.Origin.Forgotten >= ended.Version;
        if (now.Promised < old.Promised || (now.Accepted < old.Accepted && !forgotten))
            steps.Tell("I3", $"an acceptor that promised {old.Promised} and accepted {old.Accepted} falls back to {now.Promised} and {now.Accepted}");
        if (now.Promised < now.Accepted)
            steps.Tell("I3", $"an acceptor that promised {now.Promised} accepted {now.Accepted}");
    }
}
