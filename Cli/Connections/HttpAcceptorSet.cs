using System.Text.Json;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The acceptor set over the HTTP interfaces of one silo or several.</summary>
/// <param name="silos">The silos.</param>
/// <param name="timing">How long to wait.</param>
internal sealed class HttpAcceptorSet(FailoverRegisterClient silos, HttpTiming timing) : IAcceptorSetConnection
{
    public async Task<AcceptorSetReport> StatusAsync(CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Get, static address => address.Acceptors, body: null, timing.RequestTimeout, cancellationToken);
        return reply.Answer.Successful().Read(WireJson.Relaxed.AcceptorSetReport);
    }

    public Task ChangeAsync(AcceptorChange change, CancellationToken cancellationToken)
    {
        var message = new AcceptorChangeMessage(change.Add, change.Remove, change.PerSecond);
        return silos.SendOnceAsync(HttpMethod.Post, static address => address.Acceptors, JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Relaxed.AcceptorChangeMessage), cancellationToken);
    }

    public Task CancelAsync(CancellationToken cancellationToken) =>
        silos.SendOnceAsync(HttpMethod.Delete, static address => address.AcceptorChange, body: null, cancellationToken);
}
