using Microsoft.Extensions.Hosting;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Keeps the clients of the gateways while the host runs.</summary>
internal sealed class GatewayClientsService(GatewayClients clients) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => clients.RunAsync(stoppingToken);
}
