namespace Orleans.Paxos;

/// <summary>One way into the cluster: calls made through it pass one silo, and hang or fail with that silo.</summary>
public interface IGateway
{
    /// <summary>The same for every client of the cluster, so that all of them send a register's calls the same way.</summary>
    string Name { get; }

    /// <summary>Makes references whose calls pass the silo.</summary>
    IGrainFactory Grains { get; }
}

/// <summary>The gateways there are.</summary>
public interface IGatewaySource
{
    /// <summary>The gateways of now, in no order; a new array when the set has changed. Empty until the first one is connected.</summary>
    ImmutableArray<IGateway> Current { get; }
}
