namespace Orleans.Paxos;

/// <summary>The one place that makes ids: for requests, proposers and acceptor incarnations.</summary>
public static class UniqueId
{
    /// <summary>Makes an id that no other call, on any machine, has made or will make.</summary>
    /// <returns>A random id of 122 bits.</returns>
#pragma warning disable RS0030 // this is the one place
    public static Guid New() => Guid.NewGuid();
#pragma warning restore RS0030
}
