using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;

namespace Orleans.Paxos.Watching;

/// <summary>The reader of the acceptors' feeds on its silo.</summary>
[StatelessWorker(1), Reentrant, GrainDirectory(PinnedGrainDirectory.Name)]
internal sealed class PrefixWatchGrain : Grain, IPrefixWatchGrain
{
    private readonly CancellationTokenSource _stopping;
    private readonly PrefixReaders _readers;

    public PrefixWatchGrain(Proposer proposer, AcceptorPeers peers, IOptions<PaxosOptions> options, IHostApplicationLifetime lifetime)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        _readers = new PrefixReaders(
            peers, stopping => new PrefixReader(peers, proposer.ProposeAsync, options.Value, UniqueId.New(), stopping), _stopping.Token);
    }

    public Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait) => _readers.WatchAsync(prefix, cursor, wait);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }
}
