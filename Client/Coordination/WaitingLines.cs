using Orleans.Paxos.Client.Calls;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>The lines of those who wait for locks. They grant nothing: the lock's register decides.</summary>
internal interface IWaitingLines
{
    /// <summary>Stands in line, or goes on standing there.</summary>
    /// <param name="register">The lock's register.</param>
    /// <param name="ticket">Identifies the one who waits.</param>
    /// <param name="wait">How long to wait to be the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is the first.</returns>
    Task<bool> EnterAsync(string register, Guid ticket, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Leaves a line. Never fails: who does not call any more loses the place anyway.</summary>
    void Leave(string register, Guid ticket);
}

/// <summary>The lines in the locks' grains. Who gets no answer takes itself for the first.</summary>
internal sealed class WaitingLines(GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time) : IWaitingLines
{
    private readonly SuspectRegisters _suspects = new(gateways, options.HedgeAfter, time);

    public async Task<bool> EnterAsync(string register, Guid ticket, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            return await new Hedge<bool>(new LineCall(register, ticket, wait, _suspects), gateways, options, time).RunAsync(wait + options.RequestTimeout, cancellationToken);
        }
        catch (QuorumUnavailableException)
        {
            return true;
        }
    }

    public void Leave(string register, Guid ticket)
    {
        if (gateways.Live(register).FirstOrDefault() is { } gateway)
            LeaveAsync(gateway.Gateway, register, ticket).Abandon();
    }

    /// <summary>Async, so that a failure ends this task and nothing else.</summary>
    private static async Task LeaveAsync(IGateway gateway, string register, Guid ticket) => await gateway.Line(register).LeaveAsync(ticket);

    private sealed class LineCall(string register, Guid ticket, TimeSpan wait, SuspectRegisters suspects) : RegisterCall<bool>(register, suspects)
    {
        public override Task<bool> SendAsync(IGateway gateway, bool toGrain) => toGrain ? EnterAsync(gateway) : Task.FromResult(true);

        private async Task<bool> EnterAsync(IGateway gateway) => await gateway.Line(Key).EnterAsync(ticket, wait);
    }
}
