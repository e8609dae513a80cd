namespace Orleans.Paxos.Verification.Exploration;

/// <summary>What can happen in a small world.</summary>
internal enum MoveKind
{
    /// <summary>A proposer asks for promises.</summary>
    Prepare,

    /// <summary>An acceptor gets a prepare and promises.</summary>
    Promise,

    /// <summary>A proposer has enough promises and sends a state.</summary>
    Propose,

    /// <summary>A proposer sends a state under its prepared round.</summary>
    ProposePrepared,

    /// <summary>A proposer sends a state in the initial round.</summary>
    ProposeInitial,

    /// <summary>An acceptor gets a state and accepts it.</summary>
    Accept,

    /// <summary>A proposer asks whether the state of its prepared round is current.</summary>
    AskCurrent,

    /// <summary>An acceptor says that it is, as far as it knows.</summary>
    SayCurrent,

    /// <summary>A proposer knows the outcome of its request.</summary>
    Answer,

    /// <summary>An acceptor stores what is only in its memory.</summary>
    Store,

    /// <summary>An acceptor releases a promise that is stored.</summary>
    Release,

    /// <summary>An acceptor loses what it has not stored.</summary>
    Crash,

    /// <summary>A proposer starts anew with the id it had.</summary>
    Restart,
}

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Actor">Which acceptor or proposer.</param>
/// <param name="Subject">The number of the message, state or prepared round that it is about.</param>
internal readonly record struct Move(MoveKind Kind, int Actor, ushort Subject);

/// <summary>An invariant that does not hold.</summary>
/// <param name="Invariant">Its name: Agreement, or I1 to I6.</param>
/// <param name="Detail">What was found.</param>
internal sealed record Breach(string Invariant, string Detail);

/// <summary>A move and where it leads.</summary>
/// <param name="Move">What happens.</param>
/// <param name="After">The world after it.</param>
/// <param name="Breach">The invariant that it breaks; null when none.</param>
internal readonly record struct WorldStep(Move Move, WorldState After, Breach? Breach);
