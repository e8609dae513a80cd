using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>
/// I9: what the storages of a run say about themselves. A storage keeps its incarnation and its notes, an acceptor votes with one
/// incarnation only, and not before every other has noted it.
/// </summary>
/// <param name="sets">The sets of the run.</param>
internal sealed class IdentityLedger(SetLedger sets)
{
    private readonly Dictionary<string, AcceptorIdentity> _latest = [];

    private readonly HashSet<(string By, AcceptorNote Note)> _notes = [];
    private readonly Dictionary<string, Guid> _voting = [];

    /// <summary>An identity is durable.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Stored(string acceptor, AcceptorIdentity? before, AcceptorIdentity after)
    {
        _latest[acceptor] = after;
        _notes.UnionWith(after.Notes.Select(note => (acceptor, note)));
        if (sets.Held(acceptor, after.Set) is { } broken)
            return broken;
        if (after.Acceptor != acceptor)
            return $"the storage of {acceptor} says that it belongs to {after.Acceptor}";
        if (before is not null && Changed(before, after) is { } changed)
            return $"the storage of {acceptor} {changed}";
        return after.Voting && before is not { Voting: true } ? Voting(acceptor, after) : null;
    }

    /// <summary>What the storage of an acceptor says; null if it is blank.</summary>
    public AcceptorIdentity? Of(string acceptor) => _latest.GetValueOrDefault(acceptor);

    /// <summary>Records that the storage of an acceptor was lost.</summary>
    public void Lost(string acceptor) => _latest.Remove(acceptor);

    private static string? Changed(AcceptorIdentity before, AcceptorIdentity after)
    {
        if (before.Incarnation != after.Incarnation || (before.Set != after.Set && !after.Set.Succeeds(before.Set.Id)) || (before.WasEnrolled && !after.WasEnrolled))
            return $"was {before.Incarnation:N} of {before.Set} and is {after.Incarnation:N} of {after.Set}";
        if (before.Voting && !after.Voting)
            return "voted and does not vote any more";
        var lost = before.Notes.Except(after.Notes).ToList();
        return lost.Count == 0 ? null : $"has lost its notes of {string.Join(", ", lost.Select(note => note.Acceptor))}";
    }

    private string? Voting(string acceptor, AcceptorIdentity identity)
    {
        if (identity.WasEnrolled)
            return identity.Member is null ? $"{acceptor} votes as {identity.Incarnation:N}, which is not in its set [{identity.Set}]" : null;
        if (!identity.Set.IsFirst)
            return $"{acceptor} begins to vote as one of the first set, and the set is [{identity.Set}]";
        if (!_voting.TryAdd(acceptor, identity.Incarnation) && _voting[acceptor] != identity.Incarnation)
            return $"{acceptor} voted as {_voting[acceptor]:N} and votes as {identity.Incarnation:N}";
        var note = new AcceptorNote(acceptor, identity.Incarnation);
        var unaware = identity.Set.Names.Where(other => other != acceptor && !_notes.Contains((other, note))).ToList();
        return unaware.Count == 0 ? null : $"{acceptor} votes, and {string.Join(", ", unaware)} has no note of it";
    }
}
