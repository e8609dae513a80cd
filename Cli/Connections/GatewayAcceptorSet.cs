using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The acceptor set through Orleans gateways.</summary>
internal sealed class GatewayAcceptorSet(IAcceptorSetClient client) : IAcceptorSetConnection
{
    public async Task<AcceptorSetReport> StatusAsync(CancellationToken cancellationToken) => AcceptorSetReport.From(await client.StatusAsync(cancellationToken));

    public Task ChangeAsync(AcceptorChange change, CancellationToken cancellationToken) => client.ChangeAsync(change, cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => client.CancelAsync(cancellationToken);
}
