using Microsoft.Extensions.Hosting;

namespace Orleans.Paxos;

/// <summary>Pings the gateways while the host runs.</summary>
internal sealed class GatewayMonitorService(GatewayMonitor monitor) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => monitor.RunAsync(stoppingToken);
}
