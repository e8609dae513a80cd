namespace Orleans.Paxos.Cli.Connections;

/// <summary>Chooses the way by what the command line says.</summary>
internal static class Connections
{
    public static Task<IConnection> OpenAsync(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken) =>
        target.Gateways.IsEmpty
            ? Task.FromResult<IConnection>(new HttpConnection(target, TimeProvider.System, notice))
            : GatewayConnection.OpenAsync(target, cancellationToken);
}
