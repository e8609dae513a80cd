namespace Orleans.Paxos;

/// <summary>
/// The leadership under which a service runs that was added with <see cref="PaxosSingletonExtensions.AddPaxosSingleton"/>. Its constructor can take it.
/// </summary>
public sealed class SingletonLeadership
{
    /// <summary>What to put on writes, so that registers refuse them once a later leader has written.</summary>
    /// <exception cref="InvalidOperationException">It was taken by another service.</exception>
    public Fence Fence => Held.Fence;

    /// <summary>Is cancelled when another may lead. The service is stopped before.</summary>
    /// <exception cref="InvalidOperationException">It was taken by another service.</exception>
    public CancellationToken Lost => Held.Lost;

    internal IHolding? Holding { get; set; }

    private IHolding Held => Holding ?? throw new InvalidOperationException("Only a service that was added with AddPaxosSingleton runs under a leadership.");
}
