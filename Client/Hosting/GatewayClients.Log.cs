using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Client.Hosting;

internal sealed partial class GatewayClients
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(1, LogLevel.Information, "Connected to gateway {Gateway}.")]
    private partial void LogConnected(string gateway);

    [LoggerMessage(2, LogLevel.Warning, "Gateway {Gateway} could not be connected. It is tried again shortly.")]
    private partial void LogConnectFailed(string gateway, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The connection to gateway {Gateway} did not close cleanly. Nothing depends on it.")]
    private partial void LogDisconnectFailed(string gateway, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The list of the cluster's gateways could not be read. The gateways known so far are used; it is read again shortly.")]
    private partial void LogListFailed(Exception exception);
}
