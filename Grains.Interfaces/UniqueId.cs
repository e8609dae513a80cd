namespace Orleans.Paxos;

/// <summary>Creates all ids: those of requests, proposers and acceptor incarnations.</summary>
public static class UniqueId
{
    /// <summary>Creates an id that no other call, on any machine, has created or will create.</summary>
    /// <returns>A random id of 122 bits.</returns>
#pragma warning disable RS0030 // this is the one place
    public static Guid New() => Guid.NewGuid();
#pragma warning restore RS0030
}
