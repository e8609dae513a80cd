using Microsoft.Extensions.Hosting;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Pings the gateways while the host runs.</summary>
internal sealed class GatewayMonitorService(GatewayMonitor monitor) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => monitor.RunAsync(stoppingToken);
}
