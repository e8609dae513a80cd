namespace Orleans.Paxos.Cli;

/// <summary>The local build has no networking between silos, so there is no gateway to connect to.</summary>
internal static class GatewayConnection
{
    public static Task<IConnection> OpenAsync(ConnectionTarget target, CancellationToken cancellationToken) => throw new UsageException(
        "This build of paxos runs without Orleans' packages and has no networking of its own, so it cannot use --gateway.",
        "Use --url with the address of a silo's HTTP interface.");
}
