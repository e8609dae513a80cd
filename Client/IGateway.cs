namespace Orleans.Paxos;

/// <summary>One way into the cluster. Calls made through it pass one silo, and hang or fail with that silo.</summary>
public interface IGateway
{
    /// <summary>
    /// The gateway's name. It is the same for every client of the cluster, so that all of them send a register's calls the same way.
    /// </summary>
    string Name { get; }

    /// <summary>Creates references whose calls pass the silo.</summary>
    IGrainFactory Grains { get; }
}

/// <summary>Provides the gateways.</summary>
public interface IGatewaySource
{
    /// <summary>
    /// The current gateways, in any order; a new array when the set has changed. Empty until the first one is connected.
    /// </summary>
    ImmutableArray<IGateway> Current { get; }
}
