using System.Text.Json;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The acceptor set over the HTTP interfaces of one silo or several. A change is sent to one of them: a second copy would be refused because of the first.</summary>
/// <param name="silos">The silos.</param>
/// <param name="first">The silo that changes are sent to.</param>
/// <param name="timing">How long to wait.</param>
internal sealed class HttpAcceptorSet(FailoverRegisterClient silos, HttpRegisterClient first, HttpTiming timing) : IAcceptorSetConnection
{
    public async Task<AcceptorSetReport> StatusAsync(CancellationToken cancellationToken)
    {
        var reply = await silos.ExchangeAsync(HttpMethod.Get, static address => address.Acceptors, body: null, timing.RequestTimeout, cancellationToken);
        return Successful(reply.Answer).Read(WireJson.Relaxed.AcceptorSetReport);
    }

    public Task ChangeAsync(AcceptorChange change, CancellationToken cancellationToken) => DecideAsync(
        HttpMethod.Post,
        static address => address.Acceptors,
        JsonSerializer.SerializeToUtf8Bytes(new AcceptorChangeMessage(change.Add, change.Remove, change.PerSecond), WireJson.Relaxed.AcceptorChangeMessage),
        cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) =>
        DecideAsync(HttpMethod.Delete, static address => address.AcceptorChange, body: null, cancellationToken);

    private async Task DecideAsync(HttpMethod method, Func<RegisterAddress, Uri> at, byte[]? body, CancellationToken cancellationToken)
    {
        try
        {
            Successful(await first.ExchangeAsync(method, at, body, timing.RequestTimeout, cancellationToken));
        }
        catch (AnswerLostException lost)
        {
            throw new TimeoutException("It is not known whether the acceptor set was changed: the answer was lost. See 'paxos acceptors status'.", lost);
        }
    }

    private static HttpAnswer Successful(HttpAnswer answer) => answer.IsSuccess ? answer : throw HttpProblems.ToException(answer);
}
