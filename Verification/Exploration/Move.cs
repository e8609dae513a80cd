namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The kinds of moves in a small world.</summary>
internal enum MoveKind
{
    /// <summary>A proposer asks for promises.</summary>
    Prepare,

    /// <summary>An acceptor receives a prepare and promises.</summary>
    Promise,

    /// <summary>A proposer has enough promises and sends a state.</summary>
    Propose,

    /// <summary>A proposer sends a state under its prepared round.</summary>
    ProposePrepared,

    /// <summary>A proposer sends a state in the initial round.</summary>
    ProposeInitial,

    /// <summary>An acceptor receives a state and accepts it.</summary>
    Accept,

    /// <summary>A proposer asks whether the state of its prepared round is current.</summary>
    AskCurrent,

    /// <summary>An acceptor confirms that the state is current as far as it knows.</summary>
    SayCurrent,

    /// <summary>A proposer learns the outcome of its request.</summary>
    Answer,

    /// <summary>An acceptor stores what is only in its memory.</summary>
    Store,

    /// <summary>An acceptor releases a promise that is stored.</summary>
    Release,

    /// <summary>An acceptor crashes and loses what it has not stored.</summary>
    Crash,

    /// <summary>A proposer restarts and keeps its id.</summary>
    Restart,

    /// <summary>An acceptor forgets the register.</summary>
    Forget,
}

/// <summary>A move in a small world.</summary>
/// <param name="Kind">The kind of move.</param>
/// <param name="Actor">The index of the acceptor or proposer.</param>
/// <param name="Subject">The number of the message, record or prepared round that the move concerns.</param>
internal readonly record struct Move(MoveKind Kind, int Actor, ushort Subject);
