using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Repair;

namespace Orleans.Paxos.Hosting;

/// <summary>Brings the acceptor of this silo forward when it may have missed writes.</summary>
internal sealed class CatchUpService(
    AcceptorPeers peers, Proposer proposer, MissedWrites missed, IOptions<PaxosOptions> options, ILocalSiloDetails silo, ILogger<CatchUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (peers.All.FirstOrDefault(peer => peer.Name == silo.Name) is { } own)
            await new CatchUp(peers, own, proposer.ProposeAsync, missed, options.Value, logger).RunAsync(stoppingToken);
    }
}
