namespace Orleans.Paxos.Cli;

/// <summary>The registers through Orleans gateways.</summary>
internal static class GatewayConnection
{
    public static Task<IConnection> OpenAsync(ConnectionTarget target, CancellationToken cancellationToken) => throw new NotSupportedException();
}
