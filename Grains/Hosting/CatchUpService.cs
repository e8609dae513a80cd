using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Repair;

namespace Orleans.Paxos.Hosting;

/// <summary>Brings the acceptor of this silo forward when it may have missed writes.</summary>
internal sealed class CatchUpService(
    AcceptorPeers peers, AcceptorFactory acceptor, Proposer proposer, MissedWrites missed, IOptions<PaxosOptions> options, ILocalSiloDetails silo, ILogger<CatchUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (acceptor.HasStorage)
            await new CatchUp(peers, peers.PeerOf(silo.Name), proposer.ProposeAsync, missed, options.Value, logger).RunAsync(stoppingToken);
    }
}
