using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>
/// Asks the grain that changes the acceptor set, through one gateway: a second copy of a change would be refused because of the first.
/// </summary>
/// <param name="gateways">The gateways.</param>
/// <param name="options">How long to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class AcceptorSetClient(GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time) : IAcceptorSetClient
{
    public Task<AcceptorSetStatus> StatusAsync(CancellationToken cancellationToken) =>
        AskAsync(static grain => grain.StatusAsync(), static cause => new QuorumUnavailableException("Who knows how far a change is does not answer.", cause), cancellationToken);

    public Task<AcceptorSet> ChangeAsync(AcceptorChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return AskAsync(grain => grain.ChangeAsync(change), Unknown, cancellationToken);
    }

    public Task<AcceptorSet> CancelAsync(CancellationToken cancellationToken) => AskAsync(static grain => grain.CancelAsync(), Unknown, cancellationToken);

    /// <param name="ask">The question.</param>
    /// <param name="late">What to throw if it does not answer, or is gone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<T> AskAsync<T>(Func<IAcceptorSetGrain, Task<T>> ask, Func<Exception, Exception> late, CancellationToken cancellationToken)
    {
        var gateway = gateways.Live(IAcceptorSetGrain.Key).FirstOrDefault()
            ?? throw new QuorumUnavailableException("No gateway can be reached.", gateways.LastFailure());
        try
        {
            return await ask(gateway.Gateway.Grains.GetGrain<IAcceptorSetGrain>(IAcceptorSetGrain.Key)).WaitAsync(options.RequestTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException)
        {
            throw late(exception);
        }
    }

    private static TimeoutException Unknown(Exception cause) =>
        new("It is not known whether the acceptor set was changed: who changes it did not answer in time. Look at its status.", cause);
}
