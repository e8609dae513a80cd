namespace Orleans.Paxos.Cli.Connections;

/// <summary>Opens an HTTP or gateway connection, as the command line asks.</summary>
internal static class Connections
{
    public static async Task<IConnection> OpenAsync(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken) =>
        target.Gateways.IsEmpty
            ? new HttpConnection(target, TimeProvider.System, notice)
            : await GatewayConnection.OpenAsync(target, cancellationToken);
}
