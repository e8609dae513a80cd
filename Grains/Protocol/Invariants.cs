namespace Orleans.Paxos.Protocol;

/// <summary>
/// The invariants of docs/protocol.md that a single step can break. They are always checked before the step takes effect.
/// </summary>
internal static class Invariants
{
    /// <summary>I1: a ballot is used for one state only.</summary>
    public static void OneStatePerBallot(Ballot ballot, RegisterState accepted, RegisterState proposed)
    {
        if (accepted.Version != proposed.Version || !accepted.Window.AsSpan().SequenceEqual(proposed.Window.AsSpan()))
            throw new InvariantViolationException("I1", $"two states were proposed under ballot {ballot} (versions {accepted.Version} and {proposed.Version}).");
    }

    /// <summary>I3: the promised ballot never decreases, and is at least the accepted one, which decreases only when its state is forgotten.</summary>
    public static void PromisesOnlyRise(AcceptorRecord before, AcceptorRecord after)
    {
        if (after.Promised < before.Promised)
            throw new InvariantViolationException("I3", $"the promise would fall from {before.Promised} to {after.Promised}.");
        if (after.Promised < after.Accepted)
            throw new InvariantViolationException("I3", $"{after.Accepted} would be accepted above the promise {after.Promised}.");
        var forgotten = after.Accepted.IsNone && after.State.Origin.Forgotten >= before.State.Version;
        if (after.Accepted < before.Accepted && !forgotten)
            throw new InvariantViolationException("I3", $"the accepted ballot would fall from {before.Accepted} to {after.Accepted}.");
    }

    /// <summary>I5: a state's entries are its newest versions without gaps, and its window ends with them.</summary>
    public static void WellFormed(RegisterState state)
    {
        if (state.Entries.IsEmpty != state.Window.IsEmpty || state.Entries.Length > state.Window.Length)
            throw new InvariantViolationException("I5", $"a state has {state.Entries.Length} entries and a window of {state.Window.Length}.");
        for (var age = 0; age < state.Entries.Length; age++)
        {
            var entry = state.Entries[^(age + 1)];
            if (entry.Version != state.Version - age)
                throw new InvariantViolationException("I5", $"version {entry.Version} stands where {state.Version - age} belongs.");
            if (!state.Window[^(age + 1)].IsOf(entry))
                throw new InvariantViolationException("I5", $"version {entry.Version} is another in the window.");
        }

        if (state.Origin.Forgotten < 0 || state.Origin.Forgotten > state.Origin.Version)
            throw new InvariantViolationException("I5", $"a register begins above version {state.Origin.Version}, and {state.Origin.Forgotten} is forgotten.");
        if (!state.Window.IsEmpty && state.WindowStart <= state.Origin.Version)
            throw new InvariantViolationException("I5", $"a window of {state.Window.Length} ends at version {state.Version}, and the register begins above {state.Origin.Version}.");
    }

    /// <summary>I5: two chosen states belong to the same chain, as far as both remember it.</summary>
    public static void OneChain(RegisterState older, RegisterState newer)
    {
        var first = Math.Max(older.WindowStart, newer.WindowStart);
        for (var version = first; version <= Math.Min(older.Version, newer.Version); version++)
        {
            if (older.RequestIdOf(version) != newer.RequestIdOf(version))
                throw new InvariantViolationException("I5", $"the chain forks at version {version}.");
        }
    }
}
