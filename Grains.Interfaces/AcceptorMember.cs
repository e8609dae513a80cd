namespace Orleans.Paxos;

/// <summary>One acceptor of a set: a name together with the storage that was there when the acceptor came into the set.</summary>
/// <param name="Name">Its name, which is that of the silo that it is pinned to.</param>
/// <param name="Incarnation">The id of its storage; empty if that is not known, of an acceptor of the first set.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorMember")]
public readonly record struct AcceptorMember(
    [property: Id(0)] string Name,
    [property: Id(1)] Guid Incarnation = default)
{
    /// <summary>Whether it is an acceptor of the first set whose storage is not known by its id.</summary>
    public bool IsFounder => Incarnation == Guid.Empty;
}
