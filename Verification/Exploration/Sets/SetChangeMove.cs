namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>The kinds of moves in a world whose set changes.</summary>
internal enum SetChangeMoveKind
{
    /// <summary>The proposers get their plan. What they send without an answer is sent when they know their sets.</summary>
    Plan,

    /// <summary>An acceptor takes over a set.</summary>
    TakeOver,

    /// <summary>An acceptor that leaves is wiped.</summary>
    Wipe,

    /// <summary>The sweep finds nothing in the lists.</summary>
    ListNothing,

    /// <summary>The sweep finds the register in the lists, and prepares.</summary>
    ListSomething,

    /// <summary>An acceptor promises.</summary>
    Promise,

    /// <summary>A proposer has enough promises and sends a state.</summary>
    Propose,

    /// <summary>A proposer has enough promises, which show that a state is chosen.</summary>
    Learn,

    /// <summary>The sweep has enough promises, which show that nothing is accepted.</summary>
    LearnNothing,

    /// <summary>An acceptor accepts a state.</summary>
    Accept,
}

/// <summary>A move in a world whose set changes.</summary>
/// <param name="Kind">The kind of move.</param>
/// <param name="Plan">The number of the plan.</param>
/// <param name="Acceptor">The acceptor that moves; 0 if none does.</param>
/// <param name="Proposer">The proposer that moves, or whose message it is; 0 if there is none.</param>
/// <param name="Subject">The number of the message or state, or the set.</param>
internal readonly record struct SetChangeMove(SetChangeMoveKind Kind, ushort Plan, int Acceptor = 0, int Proposer = 0, ushort Subject = 0);
