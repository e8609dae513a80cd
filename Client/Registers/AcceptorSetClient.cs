using Orleans.Paxos.Client.Calls;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>Looks at the acceptor set and changes it. A change has no id by which a second copy of it could be told, so it is sent once.</summary>
/// <param name="gateways">The gateways.</param>
/// <param name="options">When a call gives up.</param>
/// <param name="time">The clock.</param>
internal sealed class AcceptorSetClient(GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time) : IAcceptorSetClient
{
    public Task<AcceptorSetStatus> StatusAsync(CancellationToken cancellationToken = default) =>
        new Hedge<AcceptorSetStatus>(new AcceptorSetCall(), gateways, options, time).RunAsync(options.RequestTimeout, cancellationToken);

    public Task<AcceptorSet> ChangeAsync(AcceptorChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Add.IsDefault || change.Remove.IsDefault)
            throw new ArgumentException("A list of acceptors is missing. Give an empty one for none.", nameof(change));
        return SendOnceAsync(grain => grain.ChangeAsync(change), cancellationToken);
    }

    public Task<AcceptorSet> CancelAsync(CancellationToken cancellationToken = default) =>
        SendOnceAsync(static grain => grain.CancelAsync(), cancellationToken);

    private async Task<AcceptorSet> SendOnceAsync(Func<IAcceptorSetGrain, Task<AcceptorSet>> send, CancellationToken cancellationToken)
    {
        await StatusAsync(cancellationToken); // finds the gateways that answer: through another one, the outcome would be unknown
        foreach (var gateway in gateways.Live(IAcceptorSetGrain.Key))
        {
            try
            {
                return await AnswerAsync(gateway, SendAsync(gateway.Gateway), cancellationToken);
            }
            catch (NotSentException)
            {
                // The next gateway may send it.
            }
        }

        throw new QuorumUnavailableException("No gateway of the cluster could be reached.", gateways.LastFailure());

        async Task<AcceptorSet> SendAsync(IGateway gateway) => await send(gateway.AcceptorSet());
    }

    private async Task<AcceptorSet> AnswerAsync(GatewayHealth gateway, Task<AcceptorSet> answer, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(answer, gateway.Lost).EndsWithinAsync(options.RequestTimeout, time, cancellationToken);
            return answer.IsCompleted ? await answer : throw Unknown($"Gateway {gateway.Gateway.Name} did not answer.", null);
        }
        catch (Exception exception) when (answer.IsCompleted && !IsAnswer(exception))
        {
            throw Unknown(exception is OutcomeUnknownException ? "No majority said how it ended." : exception.Message, exception);
        }
        finally
        {
            answer.Abandon();
        }
    }

    /// <summary>Whether the cluster says by this exception that nothing was changed.</summary>
    private static bool IsAnswer(Exception exception) => exception is
        NotSentException or ArgumentException or AcceptorChangeRefusedException or QuorumUnavailableException or AcceptorSetMismatchException;

    private static OutcomeUnknownException Unknown(string reason, Exception? innerException) =>
        new($"{reason} Whether the acceptor set was changed is not known: look at its status before you change it again.", innerException);
}
