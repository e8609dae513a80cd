using System.Collections.Concurrent;

namespace Orleans.Paxos.Tests.Cluster;

/// <summary>
/// Stops what silos have started that did not start as a whole. Orleans does not: such a silo would run on, and use a processor without end.
/// </summary>
internal sealed class SiloLifecycles : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ConcurrentQueue<ISiloLifecycleSubject> _lifecycles = [];

    public void Participate(ISiloLifecycle lifecycle) => _lifecycles.Enqueue((ISiloLifecycleSubject)lifecycle);

    public Task StopAsync() => Task.WhenAll(_lifecycles.Select(static lifecycle => lifecycle.OnStop(CancellationToken.None)));
}
