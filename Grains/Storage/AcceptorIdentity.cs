namespace Orleans.Paxos.Storage;

/// <summary>What an acceptor's storage says about itself (I9, I10).</summary>
/// <param name="Acceptor">The acceptor that the storage belongs to.</param>
/// <param name="Set">The latest set that it has taken over.</param>
/// <param name="Incarnation">The id that the storage was given when it was found blank.</param>
/// <param name="Voting">Whether it has ever voted, or may: every other acceptor of the first set has noted the incarnation, or it was added and has
/// the others' watermarks.</param>
/// <param name="Notes">The incarnations of the other acceptors that announced themselves.</param>
/// <param name="WasEnrolled">Whether it stood ready to be added. Then it is no acceptor of the first set.</param>
internal sealed record AcceptorIdentity(
    string Acceptor,
    AcceptorSet Set,
    Guid Incarnation,
    bool Voting,
    ImmutableArray<AcceptorNote> Notes,
    bool WasEnrolled = false)
{
    /// <summary>
    /// Which acceptor of its set it is: the one of its name, if the storage is that one's. Null if it is none. Of an acceptor that is replaced under
    /// its name, the storage from before is none any more.
    /// </summary>
    public AcceptorMember? Member => Set.MemberOf(Acceptor) is { } member && Is(member) ? member : null;

    /// <summary>Whether the storage is that of an acceptor.</summary>
    public bool Is(AcceptorMember member) => member.Name == Acceptor && (member.IsFounder ? !WasEnrolled : member.Incarnation == Incarnation);

    /// <summary>Returns the incarnation noted for an acceptor; null when there is none.</summary>
    public Guid? NotedFor(string acceptor)
    {
        foreach (var note in Notes)
        {
            if (note.Acceptor == acceptor)
                return note.Incarnation;
        }

        return null;
    }
}

/// <summary>What one acceptor has noted about another.</summary>
/// <param name="Acceptor">The other acceptor.</param>
/// <param name="Incarnation">The incarnation with which it announced itself.</param>
internal readonly record struct AcceptorNote(string Acceptor, Guid Incarnation);
