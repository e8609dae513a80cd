namespace Orleans.Paxos.Storage;

/// <summary>What an acceptor's storage says about itself (I9, I10).</summary>
/// <param name="Acceptor">The acceptor that the storage belongs to.</param>
/// <param name="Epoch">The epoch of its acceptor set.</param>
/// <param name="Names">The names of its acceptor set.</param>
/// <param name="Incarnation">The id that the storage was given when it was found blank.</param>
/// <param name="Voting">Whether every other acceptor has noted the incarnation.</param>
/// <param name="Notes">The incarnations of the other acceptors that announced themselves.</param>
internal sealed record AcceptorIdentity(
    string Acceptor,
    long Epoch,
    ImmutableArray<string> Names,
    Guid Incarnation,
    bool Voting,
    ImmutableArray<AcceptorNote> Notes)
{
    /// <summary>The set that the storage belongs to.</summary>
    public AcceptorSet Set => new(Names, Epoch);

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
