using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Client.Gateways;

internal sealed partial class GatewayHealth
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(1, LogLevel.Warning, "Gateway {Gateway} has not answered for {SilenceMilliseconds:0} ms and is taken for hung. Calls go through the others until it answers.")]
    private partial void LogHung(string gateway, double silenceMilliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Gateway {Gateway} cannot be reached. Calls go through the others until it answers.")]
    private partial void LogFailed(string gateway, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Gateway {Gateway} answers again and is used again.")]
    private partial void LogLiveAgain(string gateway);
}
