using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The connection that the command line asks for.</summary>
/// <param name="Url">The address of a silo's HTTP interface; ignored when there are gateways.</param>
/// <param name="Gateways">Orleans gateways as host:port; empty for HTTP.</param>
/// <param name="ClusterId">The Orleans cluster id of the gateways.</param>
/// <param name="ServiceId">The Orleans service id of the gateways.</param>
/// <param name="Timeout">How long to wait for an answer.</param>
/// <param name="Key">The key to send over HTTP; null for none.</param>
internal sealed record ConnectionTarget(
    Uri Url,
    ImmutableArray<string> Gateways,
    string ClusterId,
    string ServiceId,
    TimeSpan Timeout,
    AccessKey? Key);
