namespace Orleans.Paxos;

/// <summary>The storage of acceptors.</summary>
public static class PaxosStorage
{
    /// <summary>The name under which a silo registers the storage provider of its acceptor.</summary>
    public const string ProviderName = "paxos";
}
