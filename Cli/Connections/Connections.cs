namespace Orleans.Paxos.Cli.Connections;

/// <summary>Opens an HTTP or gateway connection, as the command line asks.</summary>
internal static class Connections
{
    public static Task<IConnection> OpenAsync(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken) =>
        target.Gateways.IsEmpty
            ? Task.FromResult<IConnection>(new HttpConnection(target, TimeProvider.System, notice))
            : GatewayConnection.OpenAsync(target, cancellationToken);
}
