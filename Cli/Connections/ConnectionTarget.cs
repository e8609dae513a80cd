using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>What to connect to, as the command line says it.</summary>
/// <param name="Urls">The addresses of silos' HTTP interfaces, in the order in which they are asked; not used when there are gateways.</param>
/// <param name="Gateways">Orleans gateways as host:port; empty for HTTP.</param>
/// <param name="ClusterId">The Orleans cluster id of the gateways.</param>
/// <param name="ServiceId">The Orleans service id of the gateways.</param>
/// <param name="Timeout">How long to wait for an answer of one silo.</param>
/// <param name="Key">The key to send over HTTP; null for none.</param>
internal sealed record ConnectionTarget(
    ImmutableArray<Uri> Urls,
    ImmutableArray<string> Gateways,
    string ClusterId,
    string ServiceId,
    TimeSpan Timeout,
    AccessKey? Key);
